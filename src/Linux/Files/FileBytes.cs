using System;
using System.IO;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Files;

/// <summary>Whole files, with the system's own reason when they cannot be read. Pipes and devices are read to their end.</summary>
public static class FileBytes
{
    /// <summary>Reads at most <paramref name="limit"/> bytes.</summary>
    /// <exception cref="LinuxException">It cannot be opened or read; EISDIR for a directory, EFBIG when it is longer.</exception>
    public static unsafe byte[] Read(string path, int limit)
    {
        using var descriptor = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, 0).OrThrow($"open {path}");
        using var content = new MemoryStream();
        var buffer = stackalloc byte[4096];
        while (true)
        {
            var length = Unistd.read(descriptor, buffer, 4096);
            if (length == 0)
                return content.ToArray();
            if (length > 0)
                content.Write(new ReadOnlySpan<byte>(buffer, (int)length));
            else if (Marshal.GetLastPInvokeError() != (int)Errno.EINTR)
                throw LinuxException.Last("read");
            if (content.Length > limit)
                throw new LinuxException(Errno.EFBIG, "read");
        }
    }
}
