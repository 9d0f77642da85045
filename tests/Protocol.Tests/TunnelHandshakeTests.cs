using System.Linq;
using Warren.Protocol.Messages;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelHandshakeTests
{
    [Fact]
    public void A_staged_packet_starts_a_handshake_and_arrives_with_it()
    {
        using var pair = new Pair();
        pair.Send(pair.A);

        Assert.Equal(
            [MessageType.Initiation, MessageType.Response, MessageType.Transport], pair.Sent.Select(flight => flight.Type));
        var packet = Assert.Single(pair.B.Delivered);
        Assert.Equal(112, packet.Length);
        Assert.All(packet[..100], value => Assert.Equal(100, value));
        Assert.All(packet[100..], value => Assert.Equal(0, value));
        Assert.Equal(pair.Now, pair.A.Tunnel.LastHandshake);
        Assert.Equal(pair.Now, pair.B.Tunnel.LastHandshake);
        Assert.Equal(pair.EndpointA, pair.B.Tunnel.Path.Remote);
    }

    [Fact]
    public void Both_directions_carry_packets_after_it()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Send(pair.B);
        pair.Send(pair.A);

        Assert.Equal(2, pair.B.Delivered.Count);
        Assert.Single(pair.A.Delivered);
        Assert.Empty(pair.A.Drops);
        Assert.Empty(pair.B.Drops);
    }
}
