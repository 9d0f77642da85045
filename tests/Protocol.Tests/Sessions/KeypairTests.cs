using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Warren.Protocol.Crypto;
using Warren.Protocol.Messages;
using Warren.Protocol.Sessions;
using Warren.Testing;

namespace Warren.Protocol.Tests.Sessions;

public sealed class KeypairTests
{
    [Fact]
    public void Nothing_is_sealed_or_opened_without_a_lease()
    {
        using var pair = new Pair();
        var keypair = Make(pair, Primitives.Managed);
        var datagram = new byte[64];
        Assert.Throws<InvalidOperationException>(() => keypair.Seal(0, default, 0, datagram));
        Assert.Throws<InvalidOperationException>(() => keypair.TryOpen(datagram, new byte[64], out _));
        Assert.Throws<InvalidOperationException>(keypair.Release);

        Assert.True(keypair.TryAcquire());
        Assert.Equal(32, keypair.Seal(0, default, 0, datagram));
        keypair.Release();
        Assert.Throws<InvalidOperationException>(() => keypair.Seal(1, default, 0, datagram));
    }

    [Fact]
    public void Keys_are_zeroed_when_the_last_lease_is_back_and_not_before()
    {
        using var pair = new Pair();
        var keypair = Make(pair, Primitives.Managed);
        Assert.True(keypair.TryAcquire());
        Assert.True(keypair.TryAcquire());
        keypair.Kill();

        Assert.False(keypair.TryAcquire());
        Assert.True(keypair.SendKey.ContainsAnyExcept((byte)0));
        keypair.Release();
        Assert.Equal(32, keypair.Seal(5, default, 0, new byte[32]));
        keypair.Release();
        Assert.False(keypair.SendKey.ContainsAnyExcept((byte)0));
        Assert.False(keypair.ReceiveKey.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Keys_without_a_lease_are_zeroed_at_once()
    {
        using var pair = new Pair();
        var keypair = Make(pair, Primitives.Managed);
        keypair.Kill();
        keypair.Kill();
        Assert.False(keypair.SendKey.ContainsAnyExcept((byte)0));
        Assert.False(keypair.TryAcquire());
    }

    [Fact]
    public void Refuses_a_counter_at_the_limit()
    {
        using var pair = new Pair();
        var keypair = Make(pair, Primitives.Managed);
        Assert.True(keypair.TryAcquire());
        Assert.Throws<ArgumentOutOfRangeException>(
            () => keypair.Seal(Constants.RejectAfterMessages, default, 0, new byte[32]));
        keypair.Release();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(20, 20)]
    [InlineData(1420, 1420)]
    public void Opens_what_was_sealed_in_place_and_apart(int length, int padded)
    {
        using var pair = new Pair();
        var keypair = Make(pair, Primitives.Managed);
        Assert.True(keypair.TryAcquire());
        keypair.SendKey.CopyTo(keypair.ReceiveKey);
        var packet = Enumerable.Range(1, length).Select(i => (byte)i).ToArray();

        var apart = new byte[padded + 32];
        var inPlace = new byte[padded + 32];
        packet.CopyTo(inPlace, MessageSize.TransportHeader);
        Assert.Equal(apart.Length, keypair.Seal(9, packet, padded, apart));
        keypair.Seal(9, inPlace.AsSpan(MessageSize.TransportHeader, length), padded, inPlace);
        Assert.Equal(apart, inPlace);
        Assert.Equal(MessageType.Transport, MessageHeader.Classify(apart));
        Assert.Equal(9UL, MessageHeader.Counter(apart));
        Assert.Equal(keypair.RemoteIndex, MessageHeader.ReceiverIndex(apart));

        var plaintext = new byte[padded];
        Assert.True(keypair.TryOpen(apart, plaintext, out var opened));
        Assert.Equal(padded, opened);
        Assert.Equal(packet, plaintext[..length]);
        Assert.True(keypair.TryOpen(inPlace, inPlace.AsSpan(MessageSize.TransportHeader), out opened));
        Assert.Equal(packet, inPlace[16..(16 + length)]);
        apart[^1] ^= 1;
        Assert.False(keypair.TryOpen(apart, plaintext, out opened));
        Assert.Equal(0, opened);
        keypair.Release();
    }

    [Fact]
    public void A_batch_is_sealed_as_packet_by_packet_and_opens_again()
    {
        using var pair = new Pair();
        var keypair = Make(pair, Primitives.Managed);
        Assert.True(keypair.TryAcquire());
        keypair.SendKey.CopyTo(keypair.ReceiveKey);
        byte[] source = Enumerable.Range(1, 900).Select(i => (byte)i).ToArray();
        var destination = new byte[3 * 332];
        var expected = new byte[3 * 332];
        var packets = new AeadPacket[3];
        for (var i = 0; i < 3; i++)
        {
            packets[i] = new AeadPacket
            {
                Counter = 70 + (ulong)i, Source = 300 * i, Destination = 332 * i + 16, Length = 290, PaddedLength = 300,
            };
            keypair.Seal(70 + (ulong)i, source.AsSpan(300 * i, 290), 300, expected.AsSpan(332 * i));
        }

        keypair.SealBatch(source, destination, packets);
        Assert.Equal(expected, destination);
        destination[332 + 20] ^= 1;
        Assert.Equal(2, keypair.OpenBatch(destination, packets));
        Assert.Equal([true, false, true], packets.Select(packet => packet.IsAuthentic));
        Assert.Equal([.. source[..290], .. new byte[10]], destination[16..316]);
        keypair.Release();
    }

    [Fact]
    public void A_batch_needs_a_lease_counters_below_the_limit_and_room_for_headers()
    {
        using var pair = new Pair();
        var keypair = Make(pair, Primitives.Managed);
        Assert.Throws<InvalidOperationException>(() => keypair.SealBatch([], [], []));
        Assert.Throws<InvalidOperationException>(() => keypair.OpenBatch([], []));

        Assert.True(keypair.TryAcquire());
        var datagram = new byte[64];
        var good = new AeadPacket { Destination = 16 };
        Assert.Throws<ArgumentOutOfRangeException>(() => keypair.SealBatch(
            [], datagram, [good, new AeadPacket { Counter = Constants.RejectAfterMessages, Destination = 48 }]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => keypair.SealBatch([], datagram, [good, new AeadPacket { Destination = 15 }]));
        Assert.False(datagram.AsSpan().ContainsAnyExcept((byte)0));
        keypair.Release();
    }

    [Fact]
    public async Task Workers_never_see_a_zero_key_while_keypairs_die_under_them()
    {
        var zeroKeys = 0;
        var sealedPackets = 0;
        var primitives = new Primitives
        {
            Seal = (key, _, _, _) =>
            {
                for (var i = 0; i < 20; i++)
                {
                    if (key.ContainsAnyExcept((byte)0))
                        continue;
                    Interlocked.Increment(ref zeroKeys);
                }

                Interlocked.Increment(ref sealedPackets);
            },
        };
        using var pair = new Pair();
        var keypair = Make(pair, primitives);
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var datagram = new byte[32];
            while (!stop.IsCancellationRequested)
            {
                var mine = Volatile.Read(ref keypair);
                if (!mine.TryAcquire())
                    continue;
                mine.Seal(1, default, 0, datagram);
                mine.Release();
            }
        })).ToArray();

        var dead = new List<Keypair>();
        while (dead.Count < 500 || Volatile.Read(ref sealedPackets) < 500)
        {
            var last = Volatile.Read(ref keypair);
            Volatile.Write(ref keypair, Make(pair, primitives));
            Thread.Yield();
            last.Kill();
            dead.Add(last);
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers);
        Assert.Equal(0, zeroKeys);
        Assert.All(dead, one => Assert.False(one.SendKey.ContainsAnyExcept((byte)0)));
    }

    private static Keypair Make(Pair pair, Primitives primitives)
    {
        var keypair = new Keypair(pair.A.Tunnel, primitives, Instant.Zero, isInitiator: true, 1, 2);
        keypair.SendKey.Fill(0xAA);
        keypair.ReceiveKey.Fill(0xBB);
        return keypair;
    }
}
