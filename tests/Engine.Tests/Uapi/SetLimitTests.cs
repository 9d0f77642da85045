using System.Globalization;
using Warren.Engine.Uapi;
using Warren.Linux;

namespace Warren.Engine.Tests.Uapi;

/// <summary>A client that never ends its request cannot make the engine hold it without end.</summary>
public class SetLimitTests
{
    [Fact]
    public void One_peer_more_than_a_request_may_name_is_refused()
    {
        var parser = new SetParser();
        for (var i = 0; i < SetParser.MaxPeers; i++)
            Assert.True(parser.TryAdd(Peer(i), out _));

        Assert.False(parser.TryAdd(Peer(SetParser.MaxPeers), out var fault));
        Assert.Equal(Errno.E2BIG, fault.Errno);
        Assert.Equal(SetParser.MaxPeers, parser.Finish().Peers.Count);
    }

    [Fact]
    public void One_allowed_ip_more_than_a_request_may_name_is_refused()
    {
        var parser = new SetParser();
        Assert.True(parser.TryAdd(Peer(1), out _));
        for (var i = 0; i < SetParser.MaxAllowedIps; i++)
            Assert.True(parser.TryAdd("allowed_ip=10.0.0.0/8", out _));

        Assert.False(parser.TryAdd("allowed_ip=10.0.0.0/8", out var fault));
        Assert.Equal(Errno.E2BIG, fault.Errno);
    }

    private static string Peer(int number) =>
        "public_key=" + (number + 1).ToString("x64", CultureInfo.InvariantCulture);
}
