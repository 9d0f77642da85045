using System;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

/// <summary>Random inputs, ours against libcrypto. Seeds are fixed: a failure repeats.</summary>
public sealed class LibCryptoTests
{
    private readonly Random _random = new(20261121);

    public LibCryptoTests() => Assert.SkipUnless(LibCrypto.IsPresent, LibCrypto.Absent);

    [Fact]
    public void Blake2s_is_the_same()
    {
        for (var length = 0; length < 400; length++)
        {
            var data = Bytes(length);
            var digest = new byte[32];
            Blake2s.Hash(data, digest);
            Assert.Equal(LibCrypto.Blake2s256(data), digest);
        }
    }

    [Fact]
    public void X25519_is_the_same()
    {
        for (var i = 0; i < 1000; i++)
        {
            byte[] scalar = Bytes(32), point = Bytes(32), shared = new byte[32];

            // Long runs of ones and zeros are where carries hide.
            if (i % 4 == 1)
                Array.Fill(point, (byte)0xff, i % 31, 31 - (i % 31));
            if (i % 4 == 2)
                Array.Clear(point, i % 31, 31 - (i % 31));
            var expected = LibCrypto.X25519(scalar, point);
            Assert.Equal(expected is not null, X25519.TryScalarMult(scalar, point, shared));
            Assert.Equal(expected ?? new byte[32], shared);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void X25519_of_several_pairs_is_the_same(int width)
    {
        for (var i = 0; i < 500; i++)
        {
            var count = 1 + (i % 17);
            byte[] scalars = Bytes(32 * count), points = Bytes(32 * count), shared = new byte[32 * count];
            if (i % 4 == 1)
                Array.Fill(points, (byte)0xff, i % 31, 31 - (i % 31));
            if (i % 4 == 2)
                Array.Clear(points, i % 31, 31 - (i % 31));
            X25519.ScalarMultMany(scalars, points, shared, Math.Min(width, X25519.Widest));
            for (var at = 0; at < scalars.Length; at += 32)
            {
                var expected = LibCrypto.X25519(scalars[at..(at + 32)], points[at..(at + 32)]) ?? new byte[32];
                Assert.Equal(expected, shared[at..(at + 32)]);
            }
        }
    }

    [Fact]
    public void ChaCha20Poly1305_is_the_same()
    {
        for (var i = 0; i < 1000; i++)
        {
            byte[] key = Bytes(32), nonce = Bytes(12);
            byte[] associated = Bytes(_random.Next(4) == 0 ? _random.Next(100) : 0), plaintext = Bytes(_random.Next(5000));
            var expected = LibCrypto.SealChaCha20Poly1305(key, nonce, associated, plaintext);
            var sealedText = new byte[plaintext.Length + 16];
            ChaCha20Poly1305.Seal(key, nonce, associated, plaintext, sealedText);
            Assert.Equal(expected, sealedText);
        }
    }

    /// <summary>Two million packets, most of them short, in batches of all sizes and kinds.</summary>
    [Fact]
    public void Batches_of_millions_of_packets_are_the_same_and_open_again()
    {
        byte[] source = Bytes(64 * 1520), key = Bytes(32);
        byte[] expected = new byte[64 * 1600], actual = new byte[64 * 1600];
        for (var done = 0; done < 2_000_000;)
        {
            key[_random.Next(32)]++;
            source[_random.Next(source.Length)]++;
            var packets = new AeadPacket[_random.Next(1, 65)];
            var common = _random.Next(4) == 0 ? _random.Next(1501) : _random.Next(200);
            var isMixed = _random.Next(2) == 0;
            var counter = (ulong)_random.NextInt64();
            for (var i = 0; i < packets.Length; i++)
            {
                var length = isMixed ? _random.Next(common + 1) : common;
                var inPlace = (length & 1) == 0 ? 0 : Math.Min(64, length);
                packets[i] = new AeadPacket
                {
                    Counter = counter + (ulong)i, Source = i * 1520, Destination = i * 1600 + 16, InPlace = inPlace,
                    Length = length, PaddedLength = (length & 2) == 0 ? length : (length + 15) & -16,
                };
                var text = expected.AsSpan(packets[i].Destination, packets[i].PaddedLength);
                source.AsSpan(1400, inPlace).CopyTo(text);
                source.AsSpan(packets[i].Source, length - inPlace).CopyTo(text[inPlace..]);
                text[length..].Clear();
                source.AsSpan(1400, inPlace).CopyTo(actual.AsSpan(packets[i].Destination));
            }

            ChaCha20Poly1305Batch.Seal(key, source, actual, packets);
            LibCrypto.SealEach(key, expected, packets);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"after {done} packets");
            Assert.Equal(packets.Length, ChaCha20Poly1305Batch.Open(key, actual, packets));
            foreach (var packet in packets)
            {
                var text = actual.AsSpan(packet.Destination, packet.PaddedLength);
                Assert.True(source.AsSpan(1400, packet.InPlace).SequenceEqual(text[..packet.InPlace]));
                Assert.True(source.AsSpan(packet.Source, packet.Length - packet.InPlace).SequenceEqual(
                    text[packet.InPlace..packet.Length]));
                Assert.False(text[packet.Length..].ContainsAnyExcept((byte)0));
                text.CopyTo(expected.AsSpan(packet.Destination));
            }

            done += packets.Length;
        }
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
