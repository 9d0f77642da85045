using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.IO;
using Warren.Protocol.Crypto;
using Warren.Testing;

namespace Warren.Protocol.Tests.Crypto;

public sealed class Blake2sTests
{
    [Fact]
    public void Hashes_abc_as_RFC_7693_appendix_B()
    {
        var digest = new byte[32];
        Blake2s.Hash("abc"u8, digest);
        Assert.Equal("508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982", Hex.Text(digest));
    }

    /// <summary>RFC 7693 appendix E: a digest over digests of every length, unkeyed and keyed.</summary>
    [Fact]
    public void Passes_the_self_test_of_RFC_7693_appendix_E()
    {
        using var all = new MemoryStream();
        foreach (var digestLength in new[] { 16, 20, 28, 32 })
        {
            foreach (var length in new[] { 0, 3, 64, 65, 255, 1024 })
            {
                var input = SelfTestSequence(length, (uint)length);
                var digest = new byte[digestLength];
                Blake2s.Hash(input, digest);
                all.Write(digest);
                Blake2s.Mac(SelfTestSequence(digestLength, (uint)digestLength), input, digest);
                all.Write(digest);
            }
        }

        var result = new byte[32];
        Blake2s.Hash(all.ToArray(), result);
        Assert.Equal("6a411f08ce25adcdfb02aba641451cec53c598b24f4fc787fbdc88797f4c1dfe", Hex.Text(result));
    }

    /// <summary>RFC 2104 as it stands there, beside what prepares its pads and takes messages in two parts.</summary>
    [Fact]
    public void Hmac_is_that_of_RFC_2104_for_every_length_of_key_and_message()
    {
        for (var keyLength = 0; keyLength <= 130; keyLength += keyLength is >= 30 and < 66 ? 1 : 10)
        {
            for (var length = 0; length <= 130; length++)
            {
                byte[] key = SelfTestSequence(keyLength, 1), message = SelfTestSequence(length, 2);
                var mac = new byte[32];
                Blake2s.Hmac(key, message, mac);
                Assert.Equal(Hmac(key, message), mac);
                Blake2s.Hmac(key, message.AsSpan(0, length / 3), message.AsSpan(length / 3), mac);
                Assert.Equal(Hmac(key, message), mac);
            }
        }
    }

    [Fact]
    public void A_prepared_key_of_a_mac_gives_the_same_macs()
    {
        for (var length = 1; length <= 200; length++)
        {
            byte[] key = SelfTestSequence(1 + (length % 32), 3), message = SelfTestSequence(length, 4);
            byte[] expected = new byte[16], mac = new byte[16];
            Blake2s.Mac(key, message, expected);
            new Blake2sMacKey(key).Mac(message, mac);
            Assert.Equal(expected, mac);
        }
    }

    private static byte[] Hmac(byte[] key, byte[] message)
    {
        if (key.Length > 64)
            key = Hash(key);
        byte[] padded = [.. key, .. new byte[64 - key.Length]];
        var inner = Hash([.. padded.Select(b => (byte)(b ^ 0x36)), .. message]);
        return Hash([.. padded.Select(b => (byte)(b ^ 0x5c)), .. inner]);
    }

    private static byte[] Hash(byte[] data)
    {
        var digest = new byte[32];
        Blake2s.Hash(data, digest);
        return digest;
    }

    [Fact]
    public void Agrees_with_every_known_answer_of_its_authors()
    {
        var file = SharedVectors.Find("blake2s-kat.json");
        if (file is null)
            Assert.Skip(SharedVectors.Absent);

        using var answers = JsonDocument.Parse(File.ReadAllBytes(file));
        var count = 0;
        foreach (var answer in answers.RootElement.EnumerateArray())
        {
            var input = Hex.Bytes(answer.GetProperty("in").GetString()!);
            var key = Hex.Bytes(answer.GetProperty("key").GetString()!);
            var expected = answer.GetProperty("out").GetString()!;
            var digest = new byte[expected.Length / 2];
            Blake2s.Mac(key, input, digest);
            Assert.Equal(expected, Hex.Text(digest));
            if (key.Length == 0)
            {
                Blake2s.Hash(input, digest);
                Assert.Equal(expected, Hex.Text(digest));
            }

            count++;
        }

        Assert.Equal(512, count);
    }

    [Fact]
    public void Two_parts_hash_as_their_concatenation_wherever_they_are_cut()
    {
        var data = Enumerable.Range(0, 200).Select(i => (byte)i).ToArray();
        var expected = new byte[32];
        var digest = new byte[32];
        Blake2s.Hash(data, expected);
        for (var cut = 0; cut <= data.Length; cut++)
        {
            Blake2s.Hash(data.AsSpan(0, cut), data.AsSpan(cut), digest);
            Assert.Equal(expected, digest);
        }
    }

    /// <summary>RFC 2104 spelled out over the plain hash, for keys below, at and above the block.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Hmac_is_RFC_2104_over_the_hash(int keyLength)
    {
        var key = Enumerable.Range(0, keyLength).Select(i => (byte)(i * 7)).ToArray();
        var data = Encoding.ASCII.GetBytes("some data");
        var padded = new byte[64];
        if (keyLength > 64)
            Blake2s.Hash(key, padded.AsSpan(0, 32));
        else
            key.CopyTo(padded, 0);
        byte[] inner = new byte[32], expected = new byte[32], mac = new byte[32];
        Blake2s.Hash([.. padded.Select(b => (byte)(b ^ 0x36)), .. data], inner);
        Blake2s.Hash([.. padded.Select(b => (byte)(b ^ 0x5c)), .. inner], expected);

        Blake2s.Hmac(key, data, mac);
        Assert.Equal(expected, mac);
    }

    [Fact]
    public void Refuses_lengths_that_do_not_exist()
    {
        Assert.Throws<ArgumentException>(() => Blake2s.Hash([], []));
        Assert.Throws<ArgumentException>(() => Blake2s.Hash([], new byte[33]));
        Assert.Throws<ArgumentException>(() => Blake2s.Mac(new byte[33], [], new byte[32]));
        Assert.Throws<ArgumentException>(() => Blake2s.Hmac([], [], new byte[31]));
    }

    /// <summary>The generator of RFC 7693 appendix E.</summary>
    private static byte[] SelfTestSequence(int length, uint seed)
    {
        var a = 0xdead4badu * seed;
        var b = 1u;
        var sequence = new byte[length];
        for (var i = 0; i < length; i++)
        {
            var t = a + b;
            a = b;
            b = t;
            sequence[i] = (byte)(t >> 24);
        }

        return sequence;
    }
}
