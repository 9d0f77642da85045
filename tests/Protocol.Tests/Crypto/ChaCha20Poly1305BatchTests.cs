using System;
using System.Linq;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public sealed class ChaCha20Poly1305BatchTests
{
    private readonly Random _random = new(20261127);

    public static TheoryData<int> Widths => ChaCha20Poly1305Tests.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length_up_to_2048_seals_and_opens_as_packet_by_packet(int width)
    {
        for (var length = 0; length <= 2048; length++)
        {
            var batch = new AeadBatch(_random);
            for (var i = 0; i < 1 + length % 17; i++)
                batch.Add(length);
            Compare(batch, (VectorWidth)width);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_number_of_packets_seals_and_opens_as_packet_by_packet(int width)
    {
        foreach (var length in new[] { 0, 1, 16, 48, 63, 64, 65, 192, 500, 1420 })
        {
            for (var count = 1; count <= 65; count++)
            {
                var batch = new AeadBatch(_random);
                for (var i = 0; i < count; i++)
                    batch.Add(length);
                Compare(batch, (VectorWidth)width);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Mixed_lengths_paddings_and_places_seal_and_open_as_packet_by_packet(int width)
    {
        for (var round = 0; round < 1500; round++)
        {
            var batch = new AeadBatch(_random);
            var count = _random.Next(1, 41);
            for (var i = 0; i < count; i++)
            {
                var length = _random.Next(_random.Next(2) == 0 ? 100 : 2049);
                var padding = _random.Next(3) switch { 0 => 0, 1 => -length & 15, _ => _random.Next(200) };
                var inPlace = _random.Next(3) switch { 0 => 0, 1 => length, _ => 64 * _random.Next(1 + length / 64) };
                batch.Add(length, padding, inPlace, _random.Next(40));
            }

            Compare(batch, (VectorWidth)width);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Large_packets_seal_and_open_as_packet_by_packet(int width)
    {
        foreach (var length in new[] { 4095, 4096, 4111, 4128, 9000, 16_384, 65_535 })
        {
            for (var count = 1; count <= 5; count++)
            {
                var batch = new AeadBatch(_random);
                for (var i = 0; i < count; i++)
                    batch.Add(i == 4 ? 100 : length - i, i, i == 1 ? 64 : 0);
                Compare(batch, (VectorWidth)width);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Seals_in_place_without_a_source(int width)
    {
        var batch = new AeadBatch(_random);
        foreach (var length in new[] { 0, 1, 63, 64, 65, 1420 })
            batch.Add(length, -length & 15, length);
        batch.LayOut();
        var buffer = batch.Destination.ToArray();
        ChaCha20Poly1305Batch.Seal(batch.Key, [], buffer, batch.Packets, (VectorWidth)width);
        Assert.Equal(batch.Sealed, buffer);
        buffer = batch.Destination.ToArray();
        ChaCha20Poly1305Batch.Seal(batch.Key, buffer, buffer, batch.Packets, (VectorWidth)width);
        Assert.Equal(batch.Sealed, buffer);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_changed_byte_of_text_or_tag_refuses_its_packet_alone_and_leaves_zeros(int width)
    {
        foreach (var (count, length) in new[] { (1, 80), (2, 33), (6, 65), (9, 16), (20, 100) })
        {
            var batch = new AeadBatch(_random);
            for (var i = 0; i < count; i++)
                batch.Add(length);
            batch.LayOut();
            var victim = _random.Next(count);
            var packets = batch.Packets;
            for (var i = 0; i < length + 16; i++)
            {
                var buffer = batch.Sealed.ToArray();
                buffer[packets[victim].Destination + i] ^= (byte)(1 << _random.Next(8));
                var expected = batch.Opened.ToArray();
                var range = packets[victim].Destination..(packets[victim].Destination + length + 16);
                buffer[range].CopyTo(expected, range.Start.Value);
                expected.AsSpan(range)[..length].Clear();
                Assert.Equal(count - 1, ChaCha20Poly1305Batch.Open(batch.Key, buffer, packets, (VectorWidth)width));
                Assert.Equal(expected, buffer);
                Assert.All(packets.Index(), pair => Assert.Equal(pair.Index != victim, pair.Item.IsAuthentic));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Refuses_another_key_or_counter(int width)
    {
        var batch = new AeadBatch(_random);
        for (var i = 0; i < 5; i++)
            batch.Add(70);
        batch.LayOut();
        var packets = batch.Packets;
        for (var bit = 0; bit < 64; bit++)
        {
            packets[3].Counter ^= 1ul << bit;
            Assert.Equal(4, ChaCha20Poly1305Batch.Open(batch.Key, batch.Sealed.ToArray(), packets, (VectorWidth)width));
            Assert.False(packets[3].IsAuthentic);
            packets[3].Counter ^= 1ul << bit;
        }

        for (var i = 0; i < 32; i++)
        {
            batch.Key[i] ^= 4;
            Assert.Equal(0, ChaCha20Poly1305Batch.Open(batch.Key, batch.Sealed.ToArray(), packets, (VectorWidth)width));
            batch.Key[i] ^= 4;
        }
    }

    [Fact]
    public void A_batch_without_packets_is_nothing()
    {
        ChaCha20Poly1305Batch.Seal(new byte[32], [], [], []);
        Assert.Equal(0, ChaCha20Poly1305Batch.Open(new byte[32], [], []));
    }

    [Fact]
    public void Refuses_packets_that_reach_out_of_their_buffers_and_writes_nothing()
    {
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, Destination = 100 - 15 });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, Destination = -1 });
        RefusesToSeal(new AeadPacket { Length = 10, PaddedLength = 65_536, InPlace = 10 });
        RefusesToSeal(new AeadPacket { Length = 10, PaddedLength = int.MaxValue, Destination = int.MaxValue });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, Source = 101 });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, Source = -1 });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, Source = int.MaxValue });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 99 });
        RefusesToSeal(new AeadPacket { Length = -1, PaddedLength = 0 });
        RefusesToSeal(new AeadPacket { Length = -1, PaddedLength = -1, InPlace = -1 });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, InPlace = 32 });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, InPlace = 128 });
        RefusesToSeal(new AeadPacket { Length = 100, PaddedLength = 100, InPlace = -64 });
        foreach (var packet in new[]
        {
            new AeadPacket { PaddedLength = 100, Destination = 85 },
            new AeadPacket { PaddedLength = 100, Destination = -1 },
            new AeadPacket { PaddedLength = -1 },
        })
        {
            Assert.Throws<ArgumentException>(() => ChaCha20Poly1305Batch.Open(new byte[32], new byte[200], [default, packet]));
        }

        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305Batch.Seal(new byte[31], [], [], []));
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305Batch.Open(new byte[33], [], []));
        var shared = new byte[300];
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305Batch.Seal(
            new byte[32], shared.AsSpan(0, 150), shared.AsSpan(100), [new AeadPacket { Length = 100, PaddedLength = 100 }]));
    }

    [Fact]
    public void Allocates_nothing()
    {
        var batch = new AeadBatch(_random);
        for (var i = 0; i < 46; i++)
            batch.Add(1420, 0, 64);
        batch.Add(64);
        batch.LayOut();
        var packets = batch.Packets;
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                ChaCha20Poly1305Batch.Seal(batch.Key, batch.Source, batch.Destination, packets);
                ChaCha20Poly1305Batch.Open(batch.Key, batch.Destination, packets);
            }

            if (round > 0)
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    private static void RefusesToSeal(AeadPacket packet)
    {
        var destination = new byte[200];
        Assert.Throws<ArgumentException>(() => ChaCha20Poly1305Batch.Seal(new byte[32], new byte[200], destination, [default, packet]));
        Assert.False(destination.AsSpan().ContainsAnyExcept((byte)0));
    }

    /// <summary>Both ways, and nothing beside the packets is touched: whole buffers are compared.</summary>
    private static void Compare(AeadBatch batch, VectorWidth width)
    {
        batch.LayOut();
        var packets = batch.Packets;
        var buffer = batch.Destination.ToArray();
        ChaCha20Poly1305Batch.Seal(batch.Key, batch.Source, buffer, packets, width);
        Assert.True(batch.Sealed.AsSpan().SequenceEqual(buffer), Describe(packets));
        Assert.Equal(packets.Length, ChaCha20Poly1305Batch.Open(batch.Key, buffer, packets, width));
        Assert.True(batch.Opened.AsSpan().SequenceEqual(buffer), Describe(packets));
        Assert.All(packets, packet => Assert.True(packet.IsAuthentic));
    }

    private static string Describe(AeadPacket[] packets) => string.Join(
        " ", packets.Select(packet => $"{packet.InPlace}+{packet.Length - packet.InPlace}+{packet.PaddedLength - packet.Length}"));
}
