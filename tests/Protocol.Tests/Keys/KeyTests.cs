using System;
using System.Linq;
using Warren.Protocol.Keys;

namespace Warren.Protocol.Tests.Keys;

public sealed class KeyTests
{
    // Alice of RFC 7748, 6.1.
    private const string AlicePrivate = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    private const string AlicePublic = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";

    [Fact]
    public void A_private_key_knows_its_public_key()
    {
        Assert.True(PrivateKey.TryParseHex(AlicePrivate, out var key));
        using (key)
        {
            Assert.Equal(AlicePublic, key.PublicKey.ToHex());
            Assert.Equal(AlicePrivate, key.ToSecretHex());
            Assert.Equal(Convert.ToBase64String(Convert.FromHexString(AlicePrivate)), key.ToSecretBase64());
        }
    }

    [Fact]
    public void Secrets_are_never_printed()
    {
        using var key = PrivateKey.Generate(new FixedRandom(1));
        using var preshared = PresharedKey.Generate(new FixedRandom(1));
        Assert.Equal("(hidden)", key.ToString());
        Assert.Equal("(hidden)", $"{preshared}");
    }

    [Fact]
    public void Genkey_clamps_and_genpsk_does_not()
    {
        Span<byte> bytes = stackalloc byte[32];
        using var key = PrivateKey.Generate(new FixedRandom(0xff));
        key.CopyTo(bytes);
        Assert.Equal(0xf8, bytes[0]);
        Assert.Equal(0x7f, bytes[31]);
        using var preshared = PresharedKey.Generate(new FixedRandom(0xff));
        preshared.CopyTo(bytes);
        Assert.Equal(-1, bytes.IndexOfAnyExcept((byte)0xff));
    }

    [Fact]
    public void Given_bytes_stay_as_they_are()
    {
        var bytes = Enumerable.Repeat((byte)0xff, 32).ToArray();
        using var key = PrivateKey.FromBytes(bytes);
        var copy = new byte[32];
        key.CopyTo(copy);
        Assert.Equal(bytes, copy);
        bytes[0] = 0;
        key.CopyTo(copy);
        Assert.Equal(0xff, copy[0]);
    }

    [Fact]
    public void Equality_of_secrets_compares_every_byte()
    {
        var bytes = new byte[32];
        using var key = PrivateKey.FromBytes(bytes);
        using var preshared = PresharedKey.FromBytes(bytes);
        Assert.True(key.IsZero);
        Assert.True(preshared.IsZero);
        for (var i = 0; i < 32; i++)
        {
            bytes[i] = 1;
            using var otherKey = PrivateKey.FromBytes(bytes);
            using var otherPreshared = PresharedKey.FromBytes(bytes);
            Assert.False(key.FixedTimeEquals(otherKey));
            Assert.False(preshared.FixedTimeEquals(otherPreshared));
            Assert.False(otherKey.IsZero);
            Assert.False(otherPreshared.IsZero);
            bytes[i] = 0;
        }

        using var same = PrivateKey.FromBytes(bytes);
        Assert.True(key.FixedTimeEquals(same));
    }

    [Fact]
    public void A_disposed_secret_is_zeroed_and_refuses()
    {
        var secret = SecretBytes.Copy(Enumerable.Repeat((byte)7, 32).ToArray());
        var memory = secret.Span;
        secret.Dispose();
        Assert.Equal(-1, memory.IndexOfAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => secret.Span.Length);

        var key = PrivateKey.Generate(new FixedRandom(3));
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.CopyTo(new byte[32]));
        Assert.Throws<ObjectDisposedException>(() => key.ToSecretBase64());
        var preshared = PresharedKey.Generate(new FixedRandom(3));
        preshared.Dispose();
        Assert.Throws<ObjectDisposedException>(() => preshared.ToSecretHex());
    }

    [Fact]
    public void A_public_key_is_a_value()
    {
        Assert.True(PublicKey.TryParseHex(AlicePublic, out var key));
        Assert.True(PublicKey.TryParse(key.ToString(), out var again));
        Assert.Equal(key, again);
        Assert.Equal(key.GetHashCode(), again.GetHashCode());
        Assert.Equal(Convert.ToBase64String(Convert.FromHexString(AlicePublic)), key.ToString());
        var bytes = new byte[32];
        key.Write(bytes);
        Assert.Equal(key, PublicKey.FromBytes(bytes));
        Assert.False(key.IsZero);
        Assert.True(default(PublicKey).IsZero);
        bytes[31] ^= 0x80;
        Assert.NotEqual(key, PublicKey.FromBytes(bytes));
        Assert.Equal("hSDw…TmpqTmo"[..5], key.ToShortString()[..5]);
        Assert.Equal(key.ToString()[39..43], key.ToShortString()[5..]);
    }

    [Fact]
    public void What_does_not_parse_is_no_key()
    {
        Assert.False(PublicKey.TryParse("AAAA", out var key));
        Assert.True(key.IsZero);
        Assert.False(PublicKey.TryParseHex("zz", out _));
        Assert.False(PrivateKey.TryParse("AAAA", out var privateKey));
        Assert.Null(privateKey);
        Assert.False(PrivateKey.TryParseHex("00", out _));
        Assert.False(PresharedKey.TryParse("AAAA", out var preshared));
        Assert.Null(preshared);
        Assert.False(PresharedKey.TryParseHex("00", out _));
        Assert.Throws<ArgumentException>(() => PublicKey.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => PrivateKey.FromBytes(new byte[33]));
        Assert.Throws<ArgumentException>(() => PresharedKey.FromBytes([]));
    }

    private sealed class FixedRandom(byte value) : RandomSource
    {
        public override void Fill(Span<byte> destination) => destination.Fill(value);
    }
}
