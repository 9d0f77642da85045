using System;
using System.Linq;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Handshakes;

public sealed class RateLimiterTests
{
    private readonly RateLimiter _limiter = new();

    [Fact]
    public void A_source_may_send_five_at_once_then_twenty_a_second()
    {
        var source = IpAddress.V4(1);
        var now = new Instant(TimeSpan.TicksPerDay);
        Assert.Equal(5, Enumerable.Range(0, 50).Count(_ => _limiter.Allow(now, source)));
        var allowed = 0;
        for (var i = 0; i < 1000; i++)
        {
            now += TimeSpan.FromMilliseconds(10);
            if (_limiter.Allow(now, source))
                allowed++;
        }

        Assert.InRange(allowed, 199, 200);
    }

    [Fact]
    public void Sources_do_not_share_except_within_a_slash_64()
    {
        var site = (UInt128)0x20010DB8_00000001 << 64;
        for (var i = 0; i < 5; i++)
            Assert.True(_limiter.Allow(Instant.Zero, IpAddress.V6(site + (UInt128)i)));
        Assert.False(_limiter.Allow(Instant.Zero, IpAddress.V6(site + 99)));
        Assert.True(_limiter.Allow(Instant.Zero, IpAddress.V6(site + ((UInt128)1 << 64))));
        Assert.True(_limiter.Allow(Instant.Zero, IpAddress.V4(1)));
    }

    [Fact]
    public void Memory_is_bounded_and_freed_when_sources_are_idle()
    {
        var allowed = 0;
        for (var i = 0u; i < 100_000; i++)
            allowed += _limiter.Allow(Instant.Zero, IpAddress.V4(i)) ? 1 : 0;
        Assert.Equal(1 << 16, allowed);
        Assert.Equal(1 << 16, _limiter.Count);

        _limiter.Collect(Instant.Zero + TimeSpan.FromMilliseconds(49));
        Assert.Equal(1 << 16, _limiter.Count);
        Assert.True(_limiter.Allow(Instant.Zero + TimeSpan.FromSeconds(2), IpAddress.V4(1_000_000)));
        Assert.Equal(1, _limiter.Count);
    }
}
