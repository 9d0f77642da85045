using System;
using System.Linq;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelStagingTests
{
    [Fact]
    public void Staged_packets_go_out_in_order_and_the_oldest_makes_room()
    {
        using var pair = new Pair { Lose = static _ => true };
        var reasons = Enumerable.Range(0, 130)
            .Select(i => pair.A.Tunnel.Stage(pair.Now, BitConverter.GetBytes(i), TunnelEnd.Mtu)).ToArray();
        Assert.All(reasons[..128], reason => Assert.Equal(DropReason.None, reason));
        Assert.All(reasons[128..], reason => Assert.Equal(DropReason.QueueFull, reason));
        Assert.Equal(Constants.MaxStagedPackets, pair.A.Tunnel.StagedCount);

        pair.Lose = static _ => false;
        pair.Deliver();
        Assert.Equal(Enumerable.Range(2, 128), pair.B.Delivered.Select(packet => BitConverter.ToInt32(packet)));
        Assert.Equal(0, pair.A.Tunnel.StagedCount);
    }

    [Fact]
    public void Staged_packets_are_padded_for_the_mtu_they_came_with()
    {
        using var pair = new Pair();
        pair.A.Tunnel.Stage(pair.Now, new byte[1415], 1418);
        pair.A.Tunnel.Stage(pair.Now, new byte[3], 1418);
        pair.Deliver();
        Assert.Equal([1418, 16], pair.B.Delivered.Select(packet => packet.Length));
    }

    [Fact]
    public void A_packet_staged_beside_a_session_goes_with_the_next_poll()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.Equal(DropReason.None, pair.A.Tunnel.Stage(pair.Now, new byte[5], TunnelEnd.Mtu));
        Assert.True(pair.A.Tunnel.NextDeadline <= pair.Now);
        pair.Deliver();
        Assert.Equal(2, pair.B.Delivered.Count);
    }

    [Fact]
    public void Nothing_is_staged_that_could_never_be_sent()
    {
        using var pair = new Pair();
        Assert.Equal(DropReason.NoEndpoint, pair.B.Tunnel.Stage(pair.Now, new byte[5], TunnelEnd.Mtu));
        pair.A.Tunnel.SetIdentity(pair.Now, null);
        Assert.Equal(DropReason.PeerHasNoKey, pair.A.Tunnel.Stage(pair.Now, new byte[5], TunnelEnd.Mtu));
        pair.A.Tunnel.Stop(pair.Now);
        Assert.Equal(DropReason.DeviceDown, pair.A.Tunnel.Stage(pair.Now, new byte[5], TunnelEnd.Mtu));
    }

    [Fact]
    public void A_device_without_a_key_is_silent_and_begins_when_it_gets_one()
    {
        using var pair = new Pair();
        pair.A.Tunnel.SetIdentity(pair.Now, null);
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 25);
        pair.Advance(TimeSpan.FromHours(1));
        Assert.Empty(pair.Sent);
        Assert.Equal(Instant.Never, pair.A.Tunnel.NextDeadline);
        pair.A.Tunnel.SetIdentity(pair.Now, pair.A.Identity);
        pair.Deliver();
        Assert.True(pair.B.Tunnel.HasSession(pair.Now));
    }

    [Fact]
    public void A_new_key_ends_sessions_and_the_next_packet_uses_it()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 1, out var keypair, out _));
        keypair.Release();

        using var key = PrivateKey.Generate(new SeededRandom(4));
        using var identity = new LocalIdentity(key, pair.A.Primitives);
        pair.A.Tunnel.SetIdentity(pair.Now, identity);
        Assert.False(keypair.SendKey.ContainsAnyExcept((byte)0));
        Assert.False(pair.A.Tunnel.HasSession(pair.Now));
        pair.Send(pair.A);
        Assert.Equal(DropReason.UnknownStaticKey, pair.B.Drops.Last());

        pair.Advance(Constants.HandshakeInitiationRate);
        pair.A.Tunnel.SetIdentity(pair.Now, pair.A.Identity);
        pair.Deliver();
        Assert.Equal(2, pair.B.Delivered.Count);
    }

    [Fact]
    public void A_disposed_tunnel_is_inert_and_its_identity_opens_nothing()
    {
        var pair = new Pair { Lose = static _ => true };
        pair.Send(pair.A);
        pair.Dispose();
        var path = new Path(pair.EndpointA);
        Assert.Equal(DropReason.DeviceDown, pair.A.Tunnel.Stage(pair.Now, new byte[5], TunnelEnd.Mtu));
        Assert.Equal(DropReason.LowOrderPoint, pair.B.Receive(pair.Now, pair.Sent[0].Bytes, path, out _));
        Assert.Throws<ObjectDisposedException>(() => pair.A.Tunnel.Start(pair.Now));
        Assert.Throws<ArgumentException>(() => pair.A.Tunnel.Poll(pair.Now, pair.Wall, new byte[147]));
        pair.A.Tunnel.Dispose();
    }
}
