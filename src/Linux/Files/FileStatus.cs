using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Files;

/// <summary>What statx(2) says of a file: its kind and its permission bits.</summary>
/// <param name="Kind">What sort of file it is.</param>
/// <param name="Permissions">The low nine bits, such as octal 0644.</param>
public readonly partial record struct FileStatus(FileKind Kind, int Permissions)
{
    private const int AT_FDCWD = -100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_TYPE_AND_MODE = 3;
    private const int SizeOfStatx = 256;
    private const int OffsetOfMode = 28;

    /// <summary>Follows symbolic links.</summary>
    /// <exception cref="LinuxException">There is no such file, or it cannot be reached.</exception>
    public static FileStatus OfPath(string path) => Read(AT_FDCWD, path, 0, path);

    /// <summary>Of an open descriptor.</summary>
    /// <exception cref="LinuxException">The descriptor is not open.</exception>
    public static FileStatus OfDescriptor(int descriptor) => Read(descriptor, "", AT_EMPTY_PATH, "statx");

    private static unsafe FileStatus Read(int directory, string path, int flags, string operation)
    {
        var status = stackalloc byte[SizeOfStatx];
        if (statx(directory, path, flags, STATX_TYPE_AND_MODE, status) != 0)
            throw new LinuxException((Errno)Marshal.GetLastPInvokeError(), operation);
        var mode = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(status + OffsetOfMode, 2))
            : BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(status + OffsetOfMode, 2));
        return new FileStatus((FileKind)(mode >> 12), mode & 0x1ff);
    }

    [LibraryImport(Unistd.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int dirfd, string pathname, int flags, uint mask, byte* statxbuf);
}
