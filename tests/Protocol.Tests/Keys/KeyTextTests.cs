using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Keys;

namespace Warren.Protocol.Tests.Keys;

public sealed class KeyTextTests
{
    private static readonly Arbitrary<byte[]> AnyKey =
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(32).ToArbitrary();

    [Fact]
    public void Base64_is_the_platform_s_and_reads_back() =>
        Prop.ForAll(AnyKey, key =>
        {
            var text = new char[44];
            var read = new byte[32];
            KeyText.WriteBase64(key, text);
            return Convert.ToBase64String(key) == new string(text)
                && KeyText.TryReadBase64(text, read) && key.SequenceEqual(read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hex_is_the_platform_s_and_reads_back_in_either_case() =>
        Prop.ForAll(AnyKey, key =>
        {
            var text = new char[64];
            var read = new byte[32];
            KeyText.WriteHex(key, text);
            return Convert.ToHexStringLower(key) == new string(text)
                && KeyText.TryReadHex(text, read) && key.SequenceEqual(read)
                && KeyText.TryReadHex(Convert.ToHexString(key), read) && key.SequenceEqual(read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Noise_never_throws_and_never_leaves_bytes_behind() =>
        Prop.ForAll<string>(noise =>
        {
            foreach (var text in new[] { noise ?? "", Fit(noise, 43) + "=", Fit(noise, 44), Fit(noise, 64) })
            {
                var key = new byte[32];
                Array.Fill(key, (byte)0xaa);
                if (!KeyText.TryReadBase64(text, key) && key.Any(b => b != 0))
                    return false;
                Array.Fill(key, (byte)0xaa);
                if (!KeyText.TryReadHex(text, key) && key.Any(b => b != 0))
                    return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    /// <summary>Each of the 65,536 characters at each kind of place, against the platform's reader.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(41)]
    public void Takes_exactly_the_alphabet_of_base64(int place)
    {
        var text = Convert.ToBase64String(new byte[32]).ToCharArray();
        var key = new byte[32];
        for (var c = 0; c <= char.MaxValue; c++)
        {
            text[place] = (char)c;
            var isDigit = c < 128 && (char.IsAsciiLetterOrDigit((char)c) || c is '+' or '/');
            Assert.Equal(isDigit, KeyText.TryReadBase64(text, key));
            Assert.Equal(isDigit ? Convert.FromBase64CharArray(text, 0, 44) : new byte[32], key);
        }
    }

    [Fact]
    public void Takes_exactly_the_digits_of_hex()
    {
        var text = new string('0', 64).ToCharArray();
        for (var place = 30; place < 32; place++)
        {
            for (var c = 0; c <= char.MaxValue; c++)
            {
                text[place] = (char)c;
                Assert.Equal(char.IsAsciiHexDigit((char)c), KeyText.TryReadHex(text, new byte[32]));
            }

            text[place] = '0';
        }
    }

    /// <summary>The rule of wg: 44 characters, '=' last and nowhere else, the two unused bits zero.</summary>
    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true)]
    [InlineData("//////////////////////////////////////////8=", true)]
    [InlineData("//////////////////////////////////////////9=", false)]
    [InlineData("//////////////////////////////////////////+=", false)]
    [InlineData("///////////////////////////////////////////=", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=A", false)]
    [InlineData(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false)]
    [InlineData("-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false)]
    [InlineData("", false)]
    public void Reads_base64_by_the_rule_of_wg(string text, bool accepted) =>
        Assert.Equal(accepted, KeyText.TryReadBase64(text, new byte[32]));

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void Rejects_hex_of_another_length(int length) =>
        Assert.False(KeyText.TryReadHex(new string('0', length), new byte[32]));

    private static string Fit(string? text, int length) => (text ?? "").PadRight(length, 'A')[..length];
}
