using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text.Json;
using Warren.Protocol.Crypto;
using Warren.Testing;

namespace Warren.Protocol.Tests.Crypto;

public sealed class Poly1305LanesTests
{
    public static TheoryData<int> Widths => ChaCha20Poly1305Tests.Widths;

    /// <summary>Against the definition in arbitrary precision, with keys and texts at the extremes, in every number of lanes.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Each_lane_is_its_definition_for_extreme_and_random_texts_of_mixed_lengths(int width)
    {
        var random = new Random(26);
        for (var round = 0; round < 320; round++)
        {
            var packets = new AeadPacket[1 + round % 16];
            var length = random.Next(round % 8 == 0 ? 2100 : 300);
            for (var i = 0; i < packets.Length; i++)
            {
                packets[i].Destination = i * 2100;
                packets[i].PaddedLength = random.Next(3) == 0 ? random.Next(2100) : length;
            }

            byte[] keys = new byte[16 * 32], buffer = new byte[16 * 2100 + 16];
            for (var i = 0; i < packets.Length; i++)
            {
                Poly1305Tests.Fill(random, keys.AsSpan(32 * i, 32));
                Poly1305Tests.Fill(random, buffer.AsSpan(2100 * i, 2100));
            }

            var tags = Tags(keys, buffer, packets, (VectorWidth)width);
            for (var i = 0; i < packets.Length; i++)
            {
                var text = buffer.AsSpan(packets[i].Destination, packets[i].PaddedLength);
                Assert.Equal(Poly1305Tests.Definition(keys.AsSpan(32 * i, 32), Message(text)), tags[i]);
            }
        }
    }

    /// <summary>Few and long ones are cut into segments, whose accumulators are joined.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Segments_join_to_the_definition_for_extreme_and_random_texts(int width)
    {
        var random = new Random(130);
        for (var round = 0; round < 48; round++)
        {
            var packets = new AeadPacket[1 + round % 4];
            byte[] keys = new byte[16 * 32], buffer = new byte[4 * 20_000];
            for (var i = 0; i < packets.Length; i++)
            {
                packets[i].Destination = i * 20_000;
                packets[i].PaddedLength = random.Next(i == 0 ? 4096 : 0, 20_000 - 16);
                Poly1305Tests.Fill(random, keys.AsSpan(32 * i, 32));
                Poly1305Tests.Fill(random, buffer.AsSpan(packets[i].Destination, packets[i].PaddedLength));
            }

            var tags = Tags(keys, buffer, packets, (VectorWidth)width);
            for (var i = 0; i < packets.Length; i++)
            {
                var text = buffer.AsSpan(packets[i].Destination, packets[i].PaddedLength);
                Assert.Equal(Poly1305Tests.Definition(keys.AsSpan(32 * i, 32), Message(text)), tags[i]);
            }
        }
    }

    /// <summary>Nonces of these vectors are not ours, so that their one-time keys are made here; those without associated data
    /// have the message that a transport packet has.</summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Agrees_with_every_answer_of_Wycheproof_without_associated_data(int width)
    {
        var file = SharedVectors.Find("wycheproof_chacha20_poly1305_test.json");
        if (file is null)
            Assert.Skip(SharedVectors.Absent);

        using var vectors = JsonDocument.Parse(File.ReadAllBytes(file));
        var tests = vectors.RootElement.GetProperty("testGroups").EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray())
            .Where(test => test.GetProperty("aad").GetString() == "" && test.GetProperty("iv").GetString()!.Length == 24)
            .ToArray();
        Assert.NotEmpty(tests);
        foreach (var group in tests.Chunk(16))
        {
            byte[] keys = new byte[16 * 32], block = new byte[64], buffer = [];
            var packets = new AeadPacket[group.Length];
            var state = new uint[16];
            for (var i = 0; i < group.Length; i++)
            {
                ChaCha20.Start(state, Field(group[i], "key"), 0, Field(group[i], "iv"));
                ChaCha20.Keystream(state, block, VectorWidth.Scalar);
                block.AsSpan(0, 32).CopyTo(keys.AsSpan(32 * i));
                var text = Field(group[i], "ct");
                packets[i].Destination = buffer.Length;
                packets[i].PaddedLength = text.Length;
                buffer = [.. buffer, .. text, .. new byte[16]];
            }

            var tags = Tags(keys, buffer, packets, (VectorWidth)width);
            for (var i = 0; i < group.Length; i++)
            {
                var isValid = group[i].GetProperty("result").GetString() == "valid";
                Assert.Equal(isValid, tags[i].SequenceEqual(Field(group[i], "tag")));
            }
        }
    }

    private static byte[][] Tags(byte[] keys, byte[] buffer, AeadPacket[] packets, VectorWidth width)
    {
        var tags = new byte[16 * packets.Length];
        Poly1305Lanes.Tags(keys, buffer, packets, tags, new byte[Poly1305Lanes.ScratchSize], width);
        return tags.Chunk(16).ToArray();
    }

    /// <summary>What is authenticated: the text, zeros up to a whole block, no associated data's length, the text's length.</summary>
    private static byte[] Message(ReadOnlySpan<byte> text)
    {
        var message = new byte[((text.Length + 15) & -16) + 16];
        text.CopyTo(message);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(message.Length - 8), (ulong)text.Length);
        return message;
    }

    private static byte[] Field(JsonElement test, string name) => Hex.Bytes(test.GetProperty(name).GetString()!);
}
