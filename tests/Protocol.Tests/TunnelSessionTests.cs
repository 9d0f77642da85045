using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelSessionTests
{
    [Fact]
    public void Only_the_initiator_renews_after_two_minutes_and_only_when_it_sends()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(Constants.RekeyAfterTime - TimeSpan.FromMilliseconds(1));
        pair.Send(pair.A);
        Assert.Equal(1, Initiations(pair));
        pair.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Initiations(pair));
        pair.Send(pair.B);
        Assert.Equal(1, Initiations(pair));
        pair.Send(pair.A);
        Assert.Equal(2, Initiations(pair));
        Assert.Equal(pair.Now, pair.A.Tunnel.LastHandshake);
        Assert.Equal(4, pair.A.Delivered.Count + pair.B.Delivered.Count);
    }

    [Fact]
    public void The_initiator_that_only_receives_renews_fifteen_seconds_before_the_end()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(119));
        pair.Lose = flight => flight.From == pair.A; // Its passive keepalives would renew by themselves.
        pair.Advance(Constants.RekeyOnReceiveTime - TimeSpan.FromSeconds(119) - TimeSpan.FromTicks(1));
        pair.Send(pair.B);
        Assert.Equal(1, Initiations(pair));
        pair.Lose = static _ => false;
        pair.Advance(TimeSpan.FromTicks(1));
        pair.Send(pair.B);
        Assert.Equal(2, Initiations(pair));
        Assert.Equal(pair.Now, pair.A.Tunnel.LastHandshake);
    }

    [Fact]
    public void A_session_neither_sends_nor_receives_after_three_minutes()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 1, out var keypair, out var counter));
        var datagram = new byte[48];
        keypair.Seal(counter, new byte[16], 16, datagram);
        keypair.Release();
        pair.Lose = static _ => true;
        pair.Advance(Constants.RejectAfterTime - TimeSpan.FromTicks(1));
        Assert.True(pair.A.Tunnel.HasSession(pair.Now));
        pair.Advance(TimeSpan.FromTicks(1));

        Assert.False(pair.A.Tunnel.HasSession(pair.Now));
        Assert.False(pair.A.Tunnel.TryReserve(pair.Now, 1, out _, out _));
        Assert.True(keypair.IsExpired(pair.Now));
        Assert.Equal(DropReason.KeypairExpired, pair.Hand(new Flight(pair.Now, pair.A, MessageType.Transport, datagram)));
    }

    [Fact]
    public void Late_packets_of_the_session_before_are_still_taken_and_of_the_one_before_that_not()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        var old = new List<Flight>();
        for (var i = 0; i < 2; i++)
        {
            pair.Lose = flight => flight.Type == MessageType.Transport;
            pair.Send(pair.A);
            pair.Lose = static _ => false;
            old.Add(pair.Sent.Last());
        }

        Renew(pair);
        Assert.Equal(DropReason.None, pair.Hand(old[0]));
        Assert.Equal(DropReason.Replay, pair.Hand(old[0]));
        Renew(pair);
        Assert.Equal(DropReason.UnknownReceiverIndex, pair.Hand(old[1]));
        Assert.InRange(pair.A.Indices.Count, 1, 3);
        Assert.InRange(pair.B.Indices.Count, 1, 3);
    }

    [Fact]
    public void An_unconfirmed_session_is_replaced_by_the_next_and_its_keys_go()
    {
        using var pair = new Pair { Lose = static flight => flight.Type is MessageType.Response };
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(30));
        Assert.True(pair.B.Tunnel.Counters.ResponsesSent >= 5);
        Assert.Equal(1, pair.B.Indices.Count);
        pair.Lose = static _ => false;
        pair.Advance(TimeSpan.FromSeconds(6));
        Assert.Single(pair.B.Delivered);
    }

    [Fact]
    public void Many_messages_call_for_a_new_session_from_either_side()
    {
        foreach (var responder in new[] { false, true })
        {
            using var pair = new Pair();
            pair.Send(pair.A);
            pair.Advance(TimeSpan.FromSeconds(6));
            var end = responder ? pair.B : pair.A;
            Assert.True(end.Tunnel.TryReserve(pair.Now, 1, out var keypair, out _));
            keypair.Release();
            keypair.NextCounter = Constants.RekeyAfterMessages - 2;
            pair.Send(end);
            Assert.Equal(1, Initiations(pair));
            pair.Send(end);
            Assert.Equal(2, Initiations(pair));
        }
    }

    [Fact]
    public void No_counter_reaches_the_limit_and_packets_wait_for_the_next_session()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 1, out var keypair, out _));
        keypair.Release();
        keypair.NextCounter = Constants.RejectAfterMessages - 3;
        pair.Lose = static flight => flight.Type != MessageType.Transport;

        Assert.False(pair.A.Tunnel.TryReserve(pair.Now, 4, out _, out _));
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 3, out _, out var counter));
        keypair.Release();
        Assert.Equal(Constants.RejectAfterMessages - 3, counter);
        Assert.False(pair.A.Tunnel.TryReserve(pair.Now, 1, out _, out _));
        pair.Send(pair.A);
        Assert.Equal(1, pair.A.Tunnel.StagedCount);

        pair.Lose = static _ => false;
        pair.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(2, pair.B.Delivered.Count);
    }

    [Fact]
    public void A_counter_at_the_limit_is_refused()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.True(pair.B.Tunnel.TryReserve(pair.Now, 1, out var keypair, out _));
        keypair.Release();
        var path = new Path(pair.EndpointA);
        Assert.Equal(DropReason.KeypairExpired, pair.B.Tunnel.Accept(pair.Now, keypair, Constants.RejectAfterMessages, 1, path));
        Assert.Equal(DropReason.None, pair.B.Tunnel.Accept(pair.Now, keypair, Constants.RejectAfterMessages - 1, 1, path));
    }

    [Fact]
    public void Batches_reserve_consecutive_counters()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 46, out var first, out var start));
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 1, out var second, out var next));
        Assert.Equal(1ul, start);
        Assert.Equal(47ul, next);
        Assert.Same(first, second);
        first.Release();
        second.Release();
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.A.Tunnel.TryReserve(pair.Now, 0, out _, out _));
    }

    [Fact]
    public void A_packet_of_a_keypair_that_died_in_the_hand_is_refused()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        Assert.True(pair.B.Tunnel.TryReserve(pair.Now, 1, out var keypair, out _));
        pair.B.Tunnel.SetIdentity(pair.Now, pair.B.Identity);
        Assert.True(keypair.SendKey.ContainsAnyExcept((byte)0));
        Assert.Equal(
            DropReason.KeypairExpired, pair.B.Tunnel.Accept(pair.Now, keypair, 9, 1, new Path(pair.EndpointA)));
        pair.B.Tunnel.Stop(pair.Now);
        Assert.Equal(DropReason.DeviceDown, pair.B.Tunnel.Accept(pair.Now, keypair, 9, 1, new Path(pair.EndpointA)));
        keypair.Release();
        Assert.False(keypair.SendKey.ContainsAnyExcept((byte)0));
    }

    private static int Initiations(Pair pair) => pair.Sent.Count(flight => flight.Type == MessageType.Initiation);

    private static void Renew(Pair pair)
    {
        pair.Advance(Constants.RekeyAfterTime);
        var before = pair.A.Tunnel.Counters.HandshakesCompleted;
        pair.Send(pair.A);
        pair.Send(pair.A);
        Assert.Equal(before + 1, pair.A.Tunnel.Counters.HandshakesCompleted);
    }
}
