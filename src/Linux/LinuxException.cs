using System;
using System.Runtime.InteropServices;

namespace Warren.Linux;

/// <summary>A system call that failed: what was tried, and why the kernel refused.</summary>
public sealed class LinuxException : Exception
{
    /// <summary>Says that <paramref name="operation"/> failed with <paramref name="errno"/>.</summary>
    /// <param name="errno">The reason.</param>
    /// <param name="operation">What was tried, such as "open /dev/net/tun".</param>
    /// <param name="detail">What the kernel said beyond the number (netlink's extended acknowledgement), or null.</param>
    public LinuxException(Errno errno, string operation, string? detail = null)
        : base(Compose(errno, operation, detail))
    {
        Errno = errno;
        Operation = operation;
        Detail = detail;
    }

    /// <summary>The reason.</summary>
    public Errno Errno { get; }

    /// <summary>What was tried.</summary>
    public string Operation { get; }

    /// <summary>What the kernel said beyond the number, or null.</summary>
    public string? Detail { get; }

    /// <summary>strerror's text for <see cref="Errno"/>.</summary>
    public string Reason => ErrnoText.Describe(Errno);

    /// <summary>The error that the calling thread's last P/Invoke left behind.</summary>
    internal static LinuxException Last(string operation) => new((Errno)Marshal.GetLastPInvokeError(), operation);

    private static string Compose(Errno errno, string operation, string? detail) =>
        detail is null
            ? $"{operation}: {ErrnoText.Describe(errno)}"
            : $"{operation}: {ErrnoText.Describe(errno)} ({detail})";
}
