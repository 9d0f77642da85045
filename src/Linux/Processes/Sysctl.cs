using System;
using System.Runtime.InteropServices;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Processes;

/// <summary>Kernel settings under /proc/sys. Those under net/ are of the calling thread's network namespace.</summary>
public static unsafe class Sysctl
{
    private const string Root = "/proc/sys/";

    /// <summary>The value at <paramref name="path"/>, such as "net/ipv4/ip_forward", without the line's end.</summary>
    /// <exception cref="LinuxException">ENOENT: no such setting.</exception>
    public static string Read(string path)
    {
        using OwnedDescriptor file = Open(path, Fcntl.O_RDONLY).OrThrow($"read {Root}{path}");
        Span<byte> value = stackalloc byte[4096];

        // SAFETY: the buffer lives on this stack for the length of the call.
        fixed (byte* pointer = value)
        {
            nint length = Unistd.read(file, pointer, (nuint)value.Length);
            if (length < 0) throw LinuxException.Last($"read {Root}{path}");
            return Encoding.UTF8.GetString(value[..(int)length]).TrimEnd('\n');
        }
    }

    /// <summary>Sets <paramref name="path"/> to <paramref name="value"/>.</summary>
    /// <exception cref="LinuxException">ENOENT: no such setting; EACCES, EROFS: not allowed here; EINVAL: not such a value.</exception>
    public static void Write(string path, string value)
    {
        Errno error = TryWrite(path, value);
        if (error != Errno.None) throw new LinuxException(error, $"write {value} to {Root}{path}");
    }

    /// <summary>Sets <paramref name="path"/> to <paramref name="value"/>, or says why not.</summary>
    public static Errno TryWrite(string path, string value)
    {
        using OwnedDescriptor file = Open(path, Fcntl.O_RDWR);
        if (file.IsInvalid) return (Errno)Marshal.GetLastPInvokeError();
        byte[] bytes = Encoding.UTF8.GetBytes(value + "\n");

        // SAFETY: the array stays pinned for the length of the call.
        fixed (byte* pointer = bytes)
        {
            return Unistd.write(file, pointer, (nuint)bytes.Length) < 0
                ? (Errno)Marshal.GetLastPInvokeError()
                : Errno.None;
        }
    }

    private static OwnedDescriptor Open(string path, int flags) => Fcntl.open(Root + path, flags | Fcntl.O_CLOEXEC, 0);
}
