using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Warren.Linux.Libc;
using Warren.Linux.Memory;

namespace Warren.Linux.Events;

/// <summary>Waits for many descriptors at once (epoll, level-triggered), with the precision of the kernel's high-resolution timers.</summary>
/// <remarks>
/// One thread waits; any thread may add, modify and remove. A descriptor that stays ready is reported by every wait. Removing before
/// closing is the caller's duty where a duplicate of the descriptor lives on.
/// </remarks>
public sealed unsafe class Poller : IDisposable
{
    private const int Capacity = 64;

    private static volatile bool _hasMicroseconds = true;

    private readonly OwnedDescriptor _epoll = SysEpoll.epoll_create1(SysEpoll.EPOLL_CLOEXEC).OrThrow("epoll_create1");
    private readonly NativeBuffer _buffer = new(Capacity * SysEpoll.EventSize);

    /// <summary>Watches <paramref name="fd"/> and reports it by <paramref name="token"/>.</summary>
    public void Add(int fd, uint token, bool read = true, bool write = false) =>
        Control(SysEpoll.EPOLL_CTL_ADD, fd, token, read, write, "epoll_ctl ADD");

    /// <summary>Changes what <paramref name="fd"/> is watched for; with neither, only hang-ups and errors are reported.</summary>
    public void Modify(int fd, uint token, bool read = true, bool write = false) =>
        Control(SysEpoll.EPOLL_CTL_MOD, fd, token, read, write, "epoll_ctl MOD");

    /// <summary>Watches <paramref name="fd"/> no longer.</summary>
    public void Remove(int fd) => Control(SysEpoll.EPOLL_CTL_DEL, fd, 0, false, false, "epoll_ctl DEL");

    /// <summary>Blocks until a descriptor is ready or the time is over; signals that interrupt it are waited through.</summary>
    /// <param name="events">Filled from the start; at most 64 at a time, the others come with the next wait.</param>
    /// <param name="timeout">Zero polls; <see cref="Timeout.InfiniteTimeSpan"/> (or any negative time) waits for ever.</param>
    /// <returns>How many events were written; 0 when the time is over.</returns>
    public int Wait(Span<PollEvent> events, TimeSpan timeout)
    {
        int capacity = Math.Min(events.Length, Capacity);
        long deadline = timeout.Ticks > 0 ? MonotonicClock.Ticks + timeout.Ticks : 0;
        int count;
        while ((count = WaitOnce(capacity, timeout)) < 0)
        {
            var errno = (Errno)Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR) throw new LinuxException(errno, "epoll_wait");
            if (timeout.Ticks > 0) timeout = TimeSpan.FromTicks(Math.Max(0, deadline - MonotonicClock.Ticks));
        }

        var raw = (byte*)_buffer.Address;
        for (int i = 0; i < count; i++, raw += SysEpoll.EventSize)
        {
            // SAFETY: the kernel wrote `count` events, at most Capacity, into the buffer this object owns.
            uint flags = Unsafe.ReadUnaligned<uint>(raw);
            ulong token = Unsafe.ReadUnaligned<ulong>(raw + SysEpoll.EventDataOffset);
            events[i] = new PollEvent(
                (uint)token,
                Readable: (flags & SysEpoll.EPOLLIN) != 0,
                Writable: (flags & SysEpoll.EPOLLOUT) != 0,
                Closed: (flags & (SysEpoll.EPOLLERR | SysEpoll.EPOLLHUP)) != 0);
        }

        return count;
    }

    /// <summary>Closes the poller; the watched descriptors stay open.</summary>
    public void Dispose()
    {
        _epoll.Dispose();
        _buffer.Dispose();
    }

    private int WaitOnce(int capacity, TimeSpan timeout)
    {
        // SAFETY: the buffer holds Capacity events; the time lives on this stack for the length of the call.
        var raw = (void*)_buffer.Address;
        if (_hasMicroseconds)
        {
            var time = new timespec
            {
                tv_sec = (nint)(timeout.Ticks / TimeSpan.TicksPerSecond),
                tv_nsec = (nint)(timeout.Ticks % TimeSpan.TicksPerSecond * 100),
            };
            int count = SysEpoll.epoll_pwait2(_epoll, raw, capacity, timeout.Ticks < 0 ? null : &time);
            if (count >= 0 || (Errno)Marshal.GetLastPInvokeError() != Errno.ENOSYS) return count;
            _hasMicroseconds = false; // Linux before 5.11
        }

        double milliseconds = Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
        return SysEpoll.epoll_wait(_epoll, raw, capacity, timeout.Ticks < 0 ? -1 : (int)milliseconds);
    }

    private void Control(int operation, int fd, uint token, bool read, bool write, string name)
    {
        Span<byte> raw = stackalloc byte[16];
        uint flags = (read ? SysEpoll.EPOLLIN : 0) | (write ? SysEpoll.EPOLLOUT : 0);
        MemoryMarshal.Write(raw, flags);
        MemoryMarshal.Write(raw[SysEpoll.EventDataOffset..], (ulong)token);

        // SAFETY: sixteen bytes on this stack, as large as the larger of the two layouts.
        fixed (byte* pointer = raw)
        {
            if (SysEpoll.epoll_ctl(_epoll, operation, fd, pointer) != 0) throw LinuxException.Last(name);
        }
    }
}
