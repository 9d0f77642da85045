using System;
using System.Linq;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
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

    [Fact]
    public void The_initiator_confirms_with_a_keepalive_when_nothing_is_staged()
    {
        using var pair = new Pair();
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 25);
        pair.Deliver();

        Assert.Equal([148, 92, 32], pair.Sent.Select(flight => flight.Bytes.Length));
        Assert.True(pair.B.Tunnel.HasSession(pair.Now));
        Assert.Equal(1ul, pair.B.Tunnel.Counters.KeepalivesReceived);
    }

    [Fact]
    public void The_responder_sends_nothing_before_the_session_is_confirmed()
    {
        using var pair = new Pair { Lose = flight => flight.Type == MessageType.Transport };
        pair.Send(pair.A);
        Assert.True(pair.A.Tunnel.HasSession(pair.Now));
        Assert.False(pair.B.Tunnel.HasSession(pair.Now));
        Assert.False(pair.B.Tunnel.TryReserve(pair.Now, 1, out _, out _));
        Assert.Equal(Instant.Never, pair.B.Tunnel.LastHandshake);

        pair.Lose = static _ => false;
        pair.Send(pair.A);
        Assert.True(pair.B.Tunnel.HasSession(pair.Now));
    }

    [Fact]
    public void What_the_responder_staged_goes_out_when_the_session_is_confirmed()
    {
        using var pair = new Pair { Lose = flight => flight.Type == MessageType.Transport };
        pair.Send(pair.A);
        pair.Send(pair.B);
        Assert.Equal(1, pair.B.Tunnel.StagedCount);
        pair.Lose = static _ => false;
        pair.Send(pair.A);
        Assert.Equal(0, pair.B.Tunnel.StagedCount);
        Assert.Single(pair.A.Delivered);
        Assert.Single(pair.Sent, flight => flight.Type == MessageType.Initiation);
    }

    [Fact]
    public void Two_sides_that_begin_at_once_both_have_a_session_at_once()
    {
        using var pair = new Pair();
        pair.B.Tunnel.SetEndpoint(pair.EndpointA);
        Assert.Null(pair.A.Send(pair.Now, new byte[10]));
        Assert.Null(pair.B.Send(pair.Now, new byte[20]));
        pair.Deliver();

        Assert.Single(pair.A.Delivered);
        Assert.Single(pair.B.Delivered);
        pair.Send(pair.A);
        pair.Send(pair.B);
        pair.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, pair.A.Delivered.Count);
        Assert.Equal(2, pair.B.Delivered.Count);
        Assert.Equal(2, pair.Sent.Count(flight => flight.Type == MessageType.Initiation));
    }

    [Fact]
    public void Different_preshared_keys_never_make_a_session_and_equal_ones_do()
    {
        using var pair = new Pair();
        using var presharedKey = PresharedKey.Generate(new SeededRandom(9));
        pair.A.Tunnel.SetPresharedKey(presharedKey);
        pair.Send(pair.A);
        Assert.Equal([DropReason.WrongPresharedKeyOrIdentity], pair.A.Drops);
        Assert.False(pair.A.Tunnel.HasSession(pair.Now));

        pair.B.Tunnel.SetPresharedKey(presharedKey);
        pair.Advance(TimeSpan.FromSeconds(6));
        Assert.Single(pair.B.Delivered);
        pair.B.Tunnel.SetPresharedKey(null);
        pair.Send(pair.A);
        Assert.Equal(2, pair.B.Delivered.Count);
    }

    [Fact]
    public void A_clock_that_jumps_back_does_not_stop_handshakes()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.WallOffset -= 1_000_000;
        pair.Advance(TimeSpan.FromSeconds(200));
        pair.Send(pair.A);
        Assert.Equal(2, pair.B.Delivered.Count);
        Assert.Equal(2ul, pair.B.Tunnel.Counters.HandshakesCompleted);
        Assert.DoesNotContain(DropReason.StaleTimestamp, pair.B.Drops);
    }

    [Fact]
    public void A_replayed_initiation_is_stale()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DropReason.StaleTimestamp, pair.Hand(pair.Sent[0]));
        Assert.Equal(1ul, pair.B.Tunnel.Counters.InitiationsReceived);
    }

    [Fact]
    public void Initiations_within_twenty_milliseconds_are_a_flood()
    {
        using var pair = new Pair { Lose = static _ => true };
        for (var i = 0; i < 3; i++)
        {
            pair.Send(pair.A);
            pair.A.Tunnel.Stop(pair.Now);
            pair.A.Tunnel.Start(pair.Now);
        }

        Assert.Equal(DropReason.None, pair.Hand(pair.Sent[0]));
        pair.Advance(TimeSpan.FromMilliseconds(19));
        Assert.Equal(DropReason.InitiationFlood, pair.Hand(pair.Sent[1]));
        pair.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(DropReason.None, pair.Hand(pair.Sent[2]));
    }

    [Fact]
    public void A_forged_response_does_not_close_the_handshake()
    {
        using var pair = new Pair { Lose = static flight => flight.Type == MessageType.Response };
        pair.Send(pair.A);
        var response = pair.Sent.Single(flight => flight.Type == MessageType.Response);

        var forged = (byte[])response.Bytes.Clone();
        forged[Noise.ResponseEmpty] ^= 1;
        Assert.Equal(
            DropReason.WrongPresharedKeyOrIdentity, pair.A.Tunnel.HandleResponse(pair.Now, forged, new Path(pair.EndpointB)));
        forged.AsSpan(Noise.ResponseEphemeral, Noise.KeySize).Clear();
        Assert.Equal(DropReason.LowOrderPoint, pair.A.Tunnel.HandleResponse(pair.Now, forged, new Path(pair.EndpointB)));
        Assert.Equal(DropReason.BadMac1, pair.Hand(response with { Bytes = forged }));

        Assert.Equal(DropReason.None, pair.Hand(response));
        Assert.Equal(DropReason.UnexpectedResponse, pair.Hand(response));
    }

    [Fact]
    public void An_initiation_that_does_not_authenticate_is_dropped_where_it_fails()
    {
        using var pair = new Pair { Lose = static _ => true };
        pair.Send(pair.A);
        var message = (byte[])pair.Sent[0].Bytes.Clone();
        Assert.Equal(DropReason.Malformed, InitiationReader.Read(pair.B.Identity, message.AsSpan(1), out _));

        message[Noise.InitiationTimestamp] ^= 1;
        Assert.Equal(DropReason.None, InitiationReader.Read(pair.B.Identity, message, out var initiation));
        Assert.Equal(pair.KeyA.PublicKey, initiation.RemoteStatic);
        Assert.Equal(
            DropReason.HandshakeDecryptFailed, pair.B.Tunnel.HandleInitiation(pair.Now, initiation, new Path(pair.EndpointA)));
        Assert.False(pair.B.Tunnel.HasEndpoint);

        message[Noise.InitiationStatic] ^= 1;
        Assert.Equal(DropReason.HandshakeDecryptFailed, InitiationReader.Read(pair.B.Identity, message, out _));
        message.AsSpan(Noise.InitiationEphemeral, Noise.KeySize).Clear();
        Assert.Equal(DropReason.LowOrderPoint, InitiationReader.Read(pair.B.Identity, message, out _));
    }

    [Fact]
    public void A_peer_whose_key_is_of_small_order_is_given_up_without_a_datagram()
    {
        using var key = PrivateKey.Generate(new SeededRandom(2));
        using var end = new TunnelEnd(key, PublicKey.FromBytes(new byte[PublicKey.Size]), new SeededRandom(3));
        end.Tunnel.SetEndpoint(new Endpoint(IpAddress.V4(1), 1));
        Assert.Null(end.Send(Instant.Zero, new byte[10]));
        for (var now = Instant.Zero; now != Instant.Never; now = end.Tunnel.NextDeadline)
        {
            Assert.Null(end.Poll(now, default));
            Assert.True(end.Tunnel.NextDeadline > now);
            Assert.True(now <= Instant.Zero + Constants.RekeyAttemptTime);
        }

        Assert.Equal(1ul, end.Tunnel.Counters.StagedGivenUp);
        Assert.Equal(0, end.Indices.Count);
    }

    [Fact]
    public void A_stranger_is_an_unknown_static_key()
    {
        using var pair = new Pair();
        using var stranger = PrivateKey.Generate(new SeededRandom(77));
        using var end = new TunnelEnd(stranger, pair.KeyB.PublicKey, new SeededRandom(78));
        end.Tunnel.SetEndpoint(pair.EndpointB);
        end.Send(pair.Now, new byte[10]);
        var initiation = end.Poll(pair.Now, pair.Wall);
        Assert.Equal(
            DropReason.UnknownStaticKey, pair.B.Receive(pair.Now, initiation, new Path(pair.EndpointA), out _));
    }

    [Fact]
    public void A_message_for_an_index_that_is_nobodys_is_told_apart()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.A.Tunnel.Stop(pair.Now);
        pair.B.Tunnel.Stop(pair.Now);
        foreach (var flight in pair.Sent.Skip(1))
            Assert.Equal(DropReason.UnknownReceiverIndex, pair.Hand(flight));
    }
}
