using System;
using Warren.Protocol.Handshakes;

namespace Warren.Protocol.Tests.Handshakes;

public sealed class LoadDetectorTests
{
    [Fact]
    public void A_few_handshakes_are_no_load()
    {
        var detector = new LoadDetector();
        var now = Instant.Zero;
        for (var i = 0; i < 1000; i++)
            Assert.False(detector.HandshakeArrived(now += TimeSpan.FromMilliseconds(1), waiting: 60));
    }

    [Fact]
    public void A_backlog_is_load_for_one_second()
    {
        var detector = new LoadDetector();
        Assert.True(detector.HandshakeArrived(Instant.Zero, waiting: LoadDetector.DefaultBacklog));
        Assert.True(detector.HandshakeArrived(Instant.Zero + TimeSpan.FromSeconds(0.999)));
        Assert.False(detector.HandshakeArrived(Instant.Zero + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_rate_above_the_threshold_is_load_until_it_ends()
    {
        var detector = new LoadDetector(backlog: 128, perSecond: 100);
        var now = Instant.Zero;
        for (var i = 0; i < 10; i++)
            Assert.False(detector.HandshakeArrived(now));
        Assert.True(detector.HandshakeArrived(now));
        now += TimeSpan.FromSeconds(1.01);
        Assert.False(detector.HandshakeArrived(now));
    }
}
