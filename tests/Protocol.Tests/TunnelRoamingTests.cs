using System;
using System.Linq;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelRoamingTests
{
    private static readonly Endpoint Elsewhere = new(IpAddress.V4(0xC6336401), 9);

    [Fact]
    public void An_authenticated_packet_moves_the_peer_and_a_replay_or_a_forgery_does_not()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Lose = static flight => flight.Type == MessageType.Transport;
        pair.Send(pair.A);
        var (home, packet) = (pair.EndpointA, pair.Sent.Last());
        pair.EndpointA = Elsewhere;

        var forged = (byte[])packet.Bytes.Clone();
        forged[^1] ^= 1;
        Assert.Equal(DropReason.AuthenticationFailed, pair.Hand(packet with { Bytes = forged }));
        Assert.Equal(DropReason.Replay, pair.Hand(pair.Sent.First(flight => flight.Type == MessageType.Transport)));
        Assert.Equal(home, pair.B.Tunnel.Path.Remote);

        Assert.Equal(DropReason.None, pair.Hand(packet));
        Assert.Equal(Elsewhere, pair.B.Tunnel.Path.Remote);
    }

    [Fact]
    public void A_valid_initiation_moves_the_peer_and_a_stale_one_does_not()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        var home = pair.EndpointA;
        pair.EndpointA = Elsewhere;
        Assert.Equal(DropReason.StaleTimestamp, pair.Hand(pair.Sent[0]));
        Assert.Equal(home, pair.B.Tunnel.Path.Remote);
        pair.Lose = static flight => flight.Type != MessageType.Initiation;
        pair.Advance(Constants.RejectAfterTime);
        pair.Send(pair.A);
        Assert.Equal(Elsewhere, pair.B.Tunnel.Path.Remote);
    }

    [Fact]
    public void A_valid_response_moves_the_peer()
    {
        using var pair = new Pair();
        pair.EndpointB = Elsewhere;
        pair.Send(pair.A);
        Assert.Equal(Elsewhere, pair.A.Tunnel.Path.Remote);
    }

    [Fact]
    public void The_local_end_of_the_way_is_kept_until_it_is_cleared()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Lose = static _ => true;
        pair.Send(pair.A);
        var way = new Path(pair.EndpointA, IpAddress.V4(7), 3);
        Assert.Equal(DropReason.None, pair.B.Receive(pair.Now, pair.Sent.Last().Bytes, way, out _));
        Assert.Equal(way, pair.B.Tunnel.Path);
        pair.B.Tunnel.ClearSource();
        Assert.Equal(new Path(pair.EndpointA), pair.B.Tunnel.Path);

        Assert.Equal(DropReason.Replay, pair.B.Receive(pair.Now, pair.Sent.Last().Bytes, way, out _));
        pair.B.Tunnel.SetEndpoint(Elsewhere);
        Assert.Equal(new Path(Elsewhere), pair.B.Tunnel.Path);
    }

    [Fact]
    public void A_retry_forgets_the_local_end_as_it_may_be_what_is_wrong()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        var way = new Path(pair.EndpointB, IpAddress.V4(7), 3);
        pair.Lose = static _ => true;
        pair.Send(pair.B);
        pair.A.Receive(pair.Now, pair.Sent.Last().Bytes, way, out _);
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(way, pair.A.Tunnel.Path);
        pair.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(new Path(pair.EndpointB), pair.A.Tunnel.Path);
    }
}
