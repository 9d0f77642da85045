using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Events;

/// <summary>Time that only goes forward and, unlike <see cref="Environment.TickCount64"/>, also counts suspended hours (CLOCK_BOOTTIME).</summary>
public static unsafe class MonotonicClock
{
    /// <summary>Since boot, in units of 100 ns.</summary>
    public static long Ticks
    {
        get
        {
            timespec time;

            // SAFETY: the structure lives on this stack. The call cannot fail: the clock exists since Linux 2.6.39.
            _ = CTime.clock_gettime(CTime.CLOCK_BOOTTIME, &time);
            return (time.tv_sec * TimeSpan.TicksPerSecond) + (time.tv_nsec / 100);
        }
    }
}
