namespace Warren.Linux.Files;

/// <summary>The kinds of file of sys/stat.h (S_IFMT shifted down).</summary>
public enum FileKind
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>S_IFIFO</summary>
    Pipe = 1,

    /// <summary>S_IFCHR</summary>
    CharacterDevice = 2,

    /// <summary>S_IFDIR</summary>
    Directory = 4,

    /// <summary>S_IFBLK</summary>
    BlockDevice = 6,

    /// <summary>S_IFREG</summary>
    Regular = 8,

    /// <summary>S_IFLNK</summary>
    SymbolicLink = 10,

    /// <summary>S_IFSOCK</summary>
    Socket = 12,
}
