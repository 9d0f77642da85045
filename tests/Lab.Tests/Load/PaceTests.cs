using System;
using Warren.Bench.Throughput.Load;

namespace Warren.Lab.Tests.Load;

public sealed class PaceTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Theory]
    [InlineData(10, 1)]
    [InlineData(5_000, 1)]
    [InlineData(80_000, 8)]
    [InlineData(320_000, 32)]
    [InlineData(2_000_000, 32)]
    public void A_burst_is_worth_a_hundred_microseconds_and_at_most_a_batch(double perSecond, int burst) =>
        Assert.Equal(burst, new Pace(perSecond, 32, 0).Burst);

    [Theory]
    [InlineData(1_000)]
    [InlineData(79_999)]
    [InlineData(250_000)]
    public void Keeps_its_rate_when_it_is_asked_as_often_as_it_says(double perSecond)
    {
        var pace = new Pace(perSecond, 32, 0);
        long sent = 0;
        for (long now = 0; now < Second; now += Math.Max(1, pace.Wait(now)))
        {
            while (pace.Take(now) is > 0 and var taken)
            {
                Assert.InRange(taken, 1, pace.Burst);
                sent += taken;
            }
        }

        Assert.InRange(sent, (long)perSecond - 1, (long)perSecond);
    }

    [Fact]
    public void Catches_up_for_a_millisecond_and_no_longer()
    {
        var pace = new Pace(100_000, 32, 0);
        var sent = 0;
        while (pace.Take(Second) is > 0 and var taken) sent += taken;
        Assert.InRange(sent, 99, 100);

        // From then on it has its rate again.
        while (pace.Take(Second + (Second / 2000)) is > 0 and var taken) sent += taken;
        Assert.InRange(sent, 149, 150);
    }

    [Fact]
    public void A_flood_always_has_a_batch() => Assert.Equal(32, new Pace(double.PositiveInfinity, 32, 0).Take(0));
}
