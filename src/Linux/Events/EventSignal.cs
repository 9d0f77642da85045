using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Events;

/// <summary>A flag that wakes a <see cref="Poller"/>: readable from <see cref="Set"/> until <see cref="Reset"/> (eventfd).</summary>
/// <remarks>Any thread may set; several sets before a reset are one.</remarks>
public sealed unsafe class EventSignal : IDisposable
{
    private readonly OwnedDescriptor _descriptor =
        SysEventfd.eventfd(0, SysEventfd.EFD_CLOEXEC | SysEventfd.EFD_NONBLOCK).OrThrow("eventfd");

    /// <summary>What to give to <see cref="Poller.Add"/>; owned by this object.</summary>
    public int Descriptor => _descriptor.Number;

    /// <summary>Raises the flag.</summary>
    public void Set()
    {
        ulong one = 1;

        // SAFETY: eight bytes on this stack. EAGAIN means that the counter is full, hence that the flag is up.
        while (Unistd.write(_descriptor, &one, sizeof(ulong)) < 0)
        {
            var errno = (Errno)Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN) return;
            if (errno != Errno.EINTR) throw new LinuxException(errno, "write to an eventfd");
        }
    }

    /// <summary>Lowers the flag; says whether it was up.</summary>
    public bool Reset()
    {
        ulong count;

        // SAFETY: eight bytes on this stack. EAGAIN means that the flag was down.
        while (Unistd.read(_descriptor, &count, sizeof(ulong)) < 0)
        {
            var errno = (Errno)Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN) return false;
            if (errno != Errno.EINTR) throw new LinuxException(errno, "read from an eventfd");
        }

        return true;
    }

    /// <summary>Closes the descriptor.</summary>
    public void Dispose() => _descriptor.Dispose();
}
