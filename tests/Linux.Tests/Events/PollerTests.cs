using System;
using System.Diagnostics;
using System.Threading;
using Warren.Linux.Events;

namespace Warren.Linux.Tests.Events;

public sealed class PollerTests
{
    private readonly PollEvent[] events = new PollEvent[8];

    [Fact]
    public void Reports_only_what_is_ready_by_its_token()
    {
        using var poller = new Poller();
        using var quiet = new EventSignal();
        using var loud = new EventSignal();
        poller.Add(quiet.Descriptor, 1);
        poller.Add(loud.Descriptor, uint.MaxValue);
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
        loud.Set();
        loud.Set();
        Assert.Equal(1, poller.Wait(events, Timeout.InfiniteTimeSpan));
        Assert.Equal(new PollEvent(uint.MaxValue, true, false, false), events[0]);
        Assert.True(loud.Reset());
        Assert.False(loud.Reset());
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
    }

    [Fact]
    public void Watches_what_it_is_told_and_nothing_after_removal()
    {
        using var poller = new Poller();
        using var signal = new EventSignal();
        poller.Add(signal.Descriptor, 5, read: true, write: true);
        Assert.Equal(1, poller.Wait(events, TimeSpan.Zero));
        Assert.Equal(new PollEvent(5, false, true, false), events[0]);
        poller.Modify(signal.Descriptor, 6, read: false, write: true);
        signal.Set();
        Assert.Equal(1, poller.Wait(events, TimeSpan.Zero));
        Assert.Equal(new PollEvent(6, false, true, false), events[0]);
        poller.Remove(signal.Descriptor);
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => poller.Remove(signal.Descriptor)).Errno);
    }

    [Fact]
    public void Waits_in_microseconds_and_never_less_than_asked()
    {
        using var poller = new Poller();
        long best = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long before = Stopwatch.GetTimestamp();
            Assert.Equal(0, poller.Wait(events, TimeSpan.FromMicroseconds(300)));
            TimeSpan waited = Stopwatch.GetElapsedTime(before);
            Assert.True(waited >= TimeSpan.FromMicroseconds(299), waited.ToString());
            best = Math.Min(best, waited.Ticks);
        }

        // A wait rounded to milliseconds takes at least one.
        Assert.True(best < TimeSpan.FromMilliseconds(1).Ticks, $"{best / 10} µs");
    }

    [Fact]
    public void Another_thread_wakes_a_wait()
    {
        using var poller = new Poller();
        using var signal = new EventSignal();
        poller.Add(signal.Descriptor, 3);
        var thread = new Thread(signal.Set);
        thread.Start();
        Assert.Equal(1, poller.Wait(events, TimeSpan.FromSeconds(10)));
        thread.Join();
    }

    [Fact]
    public void Clocks_agree_with_those_of_the_runtime()
    {
        long first = MonotonicClock.Ticks;
        Assert.True(MonotonicClock.Ticks >= first);
        Assert.True(first / TimeSpan.TicksPerMillisecond >= Environment.TickCount64 - 1000);
        RealtimeClock.Now(out long seconds, out int nanoseconds);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds, 0, 2);
        Assert.InRange(nanoseconds, 0, 999_999_999);
    }
}
