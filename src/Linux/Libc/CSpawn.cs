using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>
/// spawn.h. glibc's attributes take 336 bytes and its file actions 80 on both machines; they are opaque, and given more
/// (<see cref="OpaqueSize"/>).
/// </summary>
[Header("spawn.h")]
internal static unsafe partial class CSpawn
{
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;
    public const short POSIX_SPAWN_SETSIGDEF = 0x04;
    public const short POSIX_SPAWN_SETSID = 0x80;

    public static readonly int OpaqueSize = 512;

    [LibraryImport(Unistd.Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn(int* pid, string path, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawnattr_setsigmask(void* attributes, void* mask);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, void* mask);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawn_file_actions_addclose(void* actions, int fd);

    [LibraryImport(Unistd.Library)]
    public static partial int posix_spawn_file_actions_addclosefrom_np(void* actions, int from);

    [LibraryImport(Unistd.Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn_file_actions_addopen(void* actions, int fd, string path, int flags, uint mode);
}
