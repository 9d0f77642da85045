using System;
using System.Linq;
using Warren.Protocol.Messages;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelTimerTests
{
    private static readonly TimeSpan Jitter = Constants.RekeyTimeoutJitterMax;

    [Fact]
    public void Initiator_retries_after_five_seconds_and_jitter_and_gives_up_after_ninety()
    {
        using var pair = new Pair { Lose = static _ => true };
        var start = pair.Now;
        pair.Send(pair.A);
        pair.Advance(Constants.RekeyAttemptTime - TimeSpan.FromMilliseconds(1));

        var times = pair.Sent.Select(flight => flight.At).ToArray();
        Assert.InRange(times.Length, 17, 18);
        var gaps = times.Zip(times.Skip(1), static (left, right) => right - left).ToArray();
        Assert.All(gaps, gap => Assert.InRange(gap, Constants.RekeyTimeout, Constants.RekeyTimeout + Jitter));
        Assert.True(gaps.Distinct().Count() > 10);
        Assert.Equal(1, pair.A.Tunnel.StagedCount);
        Assert.Equal(start + Constants.RekeyAttemptTime, pair.A.Tunnel.NextDeadline);

        pair.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, pair.A.Tunnel.StagedCount);
        Assert.Equal(1ul, pair.A.Tunnel.Counters.StagedGivenUp);
        Assert.Equal(1ul, pair.A.Tunnel.Counters.HandshakesGivenUp);
        Assert.Equal((ulong)times.Length - 1, pair.A.Tunnel.Counters.InitiationsRetried);
        Assert.Equal(Instant.Never, pair.A.Tunnel.NextDeadline);
        Assert.Equal(0, pair.A.Indices.Count);
    }

    [Fact]
    public void Every_initiation_is_new_and_has_a_later_timestamp()
    {
        using var pair = new Pair { Lose = static _ => true };
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(30));
        foreach (var flight in pair.Sent.ToArray())
        {
            Assert.Equal(DropReason.None, pair.Hand(flight));
            pair.Advance(Constants.HandshakeInitiationRate);
        }

        pair.Sent.RemoveAll(static flight => flight.Type != MessageType.Initiation);
        Assert.Equal(pair.Sent.Count, pair.Sent.Select(flight => MessageHeader.SenderIndex(flight.Bytes)).Distinct().Count());
    }

    [Fact]
    public void A_further_packet_gives_the_handshake_its_full_time_again()
    {
        using var pair = new Pair { Lose = static _ => true };
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(80));
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(2, pair.A.Tunnel.StagedCount);
        pair.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2ul, pair.A.Tunnel.Counters.StagedGivenUp);
    }

    [Fact]
    public void Packets_do_not_make_initiations_closer_than_five_seconds()
    {
        using var pair = new Pair { Lose = static _ => true };
        for (var i = 0; i < 100; i++)
        {
            pair.Send(pair.A);
            pair.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(2, pair.Sent.Count);
    }

    [Fact]
    public void Data_received_and_nothing_sent_for_ten_seconds_calls_for_one_keepalive()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(4));
        pair.Send(pair.A);
        var before = pair.Sent.Count;
        pair.Advance(TimeSpan.FromSeconds(6) - TimeSpan.FromTicks(1));
        Assert.Equal(before, pair.Sent.Count);
        pair.Advance(TimeSpan.FromTicks(1));
        var keepalive = Assert.Single(pair.Sent.Skip(before));
        Assert.Equal((pair.B, MessageSize.Keepalive), (keepalive.From, keepalive.Bytes.Length));
        pair.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(before + 1, pair.Sent.Count);
    }

    [Fact]
    public void Data_sent_in_time_takes_the_keepalives_place()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(9));
        pair.Send(pair.B);
        pair.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0ul, pair.B.Tunnel.Counters.KeepalivesSent);
        pair.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1ul, pair.A.Tunnel.Counters.KeepalivesSent);
        Assert.Equal(0ul, pair.B.Tunnel.Counters.KeepalivesSent);
    }

    [Fact]
    public void Data_sent_and_nothing_heard_for_fifteen_seconds_calls_for_a_handshake()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(30));
        pair.Lose = static _ => true;
        var start = pair.Now;
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(3));
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(13));
        var initiation = pair.Sent.Last();
        Assert.Equal(MessageType.Initiation, initiation.Type);
        Assert.InRange(
            initiation.At - start, Constants.NewHandshakeTimeout, Constants.NewHandshakeTimeout + Jitter);
    }

    [Fact]
    public void Anything_heard_puts_that_handshake_off()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(100));
        Assert.Single(pair.Sent, flight => flight.Type == MessageType.Initiation);
    }

    [Fact]
    public void An_idle_pair_is_silent_until_its_keys_go()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        pair.Advance(TimeSpan.FromSeconds(30));
        var sent = pair.Sent.Count;
        Assert.Equal(pair.A.Tunnel.LastHandshake + Constants.ZeroKeysAfterTime, pair.A.Tunnel.NextDeadline);
        pair.Advance(TimeSpan.FromHours(1));
        Assert.Equal(sent, pair.Sent.Count);
        Assert.Equal(Instant.Never, pair.A.Tunnel.NextDeadline);
        Assert.Equal(Instant.Never, pair.B.Tunnel.NextDeadline);
    }

    [Fact]
    public void All_keys_are_zero_nine_minutes_after_the_last_handshake()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        var start = pair.Now;
        Assert.True(pair.A.Tunnel.TryReserve(pair.Now, 1, out var keypair, out _));
        keypair.Release();
        pair.Advance(start + Constants.ZeroKeysAfterTime - pair.Now - TimeSpan.FromTicks(1));
        Assert.True(keypair.SendKey.ContainsAnyExcept((byte)0));
        pair.Advance(TimeSpan.FromTicks(1));
        Assert.False(keypair.SendKey.ContainsAnyExcept((byte)0));
        Assert.False(keypair.ReceiveKey.ContainsAnyExcept((byte)0));
        Assert.Equal(0, pair.A.Indices.Count + pair.B.Indices.Count);
    }

    [Fact]
    public void Persistent_keepalive_starts_at_once_and_goes_on_in_silence()
    {
        using var pair = new Pair();
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 25);
        pair.Advance(TimeSpan.FromSeconds(101));
        Assert.Equal(1 + 4ul, pair.A.Tunnel.Counters.KeepalivesSent);
        Assert.Equal(0ul, pair.B.Tunnel.Counters.KeepalivesSent);
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 0);
        pair.Advance(TimeSpan.FromSeconds(400));
        Assert.Equal(5ul, pair.A.Tunnel.Counters.KeepalivesSent);
    }

    [Fact]
    public void Persistent_keepalive_counts_from_the_last_packet_either_way()
    {
        using var pair = new Pair();
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 25);
        pair.Deliver();
        for (var i = 0; i < 5; i++)
        {
            pair.Advance(TimeSpan.FromSeconds(9));
            pair.Send(pair.A);
            pair.Advance(TimeSpan.FromSeconds(9));
            pair.Send(pair.B);
        }

        Assert.Equal(1ul, pair.A.Tunnel.Counters.KeepalivesSent);
    }

    [Fact]
    public void Persistent_keepalive_tries_for_ever_and_heals()
    {
        using var pair = new Pair { Lose = static _ => true };
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 25);
        pair.Advance(TimeSpan.FromHours(2));
        Assert.InRange(pair.A.Tunnel.Counters.HandshakesGivenUp, 50ul, 80ul);
        pair.Lose = static _ => false;
        pair.Advance(TimeSpan.FromSeconds(30));
        Assert.True(pair.B.Tunnel.HasSession(pair.Now));
        pair.Lose = static _ => true;
        pair.Advance(TimeSpan.FromMinutes(20));
        pair.Lose = static _ => false;
        pair.Advance(TimeSpan.FromSeconds(30));
        Assert.True(pair.B.Tunnel.HasSession(pair.Now));
    }

    [Fact]
    public void Persistent_keepalive_keeps_a_session_alive_for_hours_with_one_handshake_every_two_minutes()
    {
        using var pair = new Pair();
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 25);
        pair.Advance(TimeSpan.FromHours(1));
        Assert.True(pair.B.Tunnel.HasSession(pair.Now));
        Assert.InRange(pair.A.Tunnel.Counters.HandshakesCompleted, 24ul, 30ul);
        Assert.Empty(pair.A.Drops);
        Assert.Empty(pair.B.Drops);
    }

    [Fact]
    public void Without_an_endpoint_nothing_is_sent_and_it_begins_when_there_is_one()
    {
        using var pair = new Pair();
        pair.B.Tunnel.SetPersistentKeepalive(pair.Now, 25);
        pair.Advance(TimeSpan.FromHours(1));
        Assert.Empty(pair.Sent);
        Assert.Equal(Instant.Never, pair.B.Tunnel.NextDeadline);
        pair.B.Tunnel.SetEndpoint(pair.EndpointA);
        pair.Deliver();
        Assert.True(pair.A.Tunnel.HasSession(pair.Now));
    }

    [Fact]
    public void A_stopped_tunnel_has_no_deadline_and_says_nothing()
    {
        using var pair = new Pair();
        pair.A.Tunnel.SetPersistentKeepalive(pair.Now, 5);
        pair.Send(pair.A);
        pair.A.Tunnel.Stop(pair.Now);
        Assert.Equal(Instant.Never, pair.A.Tunnel.NextDeadline);
        Assert.Null(pair.A.Poll(pair.Now + TimeSpan.FromDays(1), pair.Wall));
        Assert.Equal(0, pair.A.Indices.Count);
        Assert.Equal(DropReason.DeviceDown, pair.A.Tunnel.Stage(pair.Now, new byte[10], 1420));
        Assert.False(pair.A.Tunnel.TryReserve(pair.Now, 1, out _, out _));

        pair.Advance(Constants.HandshakeInitiationRate);
        pair.A.Tunnel.Start(pair.Now);
        pair.Deliver();
        Assert.True(pair.A.Tunnel.HasSession(pair.Now));
    }
}
