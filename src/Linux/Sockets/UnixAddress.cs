using System;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Sockets;

/// <summary>sockaddr_un (unix(7)): a path as connect(2) and bind(2) take it.</summary>
internal static unsafe class UnixAddress
{
    /// <summary>Bytes of a sockaddr_un: two of the family, 108 of the path.</summary>
    public const int Size = 110;

    /// <summary>The longest path, in bytes; one byte is for its end.</summary>
    public const int MaxPathLength = Size - 3;

    /// <summary>Writes the address of <paramref name="path"/>.</summary>
    /// <param name="path">A file's path, UTF-8.</param>
    /// <param name="address"><see cref="Size"/> bytes, all zero.</param>
    /// <param name="operation">For the error.</param>
    /// <exception cref="LinuxException">ENAMETOOLONG.</exception>
    public static void Write(string path, byte* address, string operation)
    {
        if (Encoding.UTF8.GetByteCount(path) > MaxPathLength)
            throw new LinuxException(Errno.ENAMETOOLONG, operation);

        // SAFETY: the caller gives Size bytes; the length was checked above.
        *(ushort*)address = SysSocket.AF_UNIX;
        Encoding.UTF8.GetBytes(path, new Span<byte>(address + sizeof(ushort), MaxPathLength));
    }
}
