using Warren.Linux.Libc;

namespace Warren.Linux.Events;

/// <summary>The wall clock with nanoseconds, which may jump (CLOCK_REALTIME).</summary>
public static unsafe class RealtimeClock
{
    /// <summary>Seconds since 1970 and the nanoseconds within the second, 0 to 999,999,999.</summary>
    public static void Now(out long seconds, out int nanoseconds)
    {
        timespec time;

        // SAFETY: the structure lives on this stack. The call cannot fail for this clock.
        _ = CTime.clock_gettime(CTime.CLOCK_REALTIME, &time);
        seconds = time.tv_sec;
        nanoseconds = (int)time.tv_nsec;
    }
}
