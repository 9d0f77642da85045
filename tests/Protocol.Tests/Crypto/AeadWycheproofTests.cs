using System;
using System.IO;
using System.Text.Json;
using Warren.Protocol.Crypto;
using Warren.Testing;

namespace Warren.Protocol.Tests.Crypto;

public sealed class AeadWycheproofTests
{
    private delegate void Sealer(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> plaintext, Span<byte> sealedText);

    private delegate bool Opener(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> sealedText, Span<byte> plaintext);

    [Fact]
    public void ChaCha20Poly1305_agrees_with_every_answer() =>
        Compare("wycheproof_chacha20_poly1305_test.json", 12, ChaCha20Poly1305.Seal, ChaCha20Poly1305.TryOpen);

    [Fact]
    public void XChaCha20Poly1305_agrees_with_every_answer() =>
        Compare("wycheproof_xchacha20_poly1305_test.json", 24, XChaCha20Poly1305.Seal, XChaCha20Poly1305.TryOpen);

    private static void Compare(string name, int nonceSize, Sealer seal, Opener tryOpen)
    {
        var file = SharedVectors.Find(name);
        if (file is null)
            Assert.Skip(SharedVectors.Absent);

        using var vectors = JsonDocument.Parse(File.ReadAllBytes(file));
        var count = 0;
        foreach (var group in vectors.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                byte[] Field(string field) => Hex.Bytes(test.GetProperty(field).GetString()!);

                count++;
                var id = test.GetProperty("tcId").GetInt32();
                var isValid = test.GetProperty("result").GetString() == "valid";
                byte[] key = Field("key"), nonce = Field("iv"), associated = Field("aad"), plaintext = Field("msg");
                byte[] sealedText = [.. Field("ct"), .. Field("tag")];
                var opened = new byte[plaintext.Length];
                if (nonce.Length != nonceSize)
                {
                    Assert.False(isValid, $"test {id}");
                    Assert.Throws<ArgumentException>(() => tryOpen(key, nonce, associated, sealedText, opened));
                    continue;
                }

                Assert.Equal(isValid, tryOpen(key, nonce, associated, sealedText, opened));
                Assert.Equal(isValid ? plaintext : new byte[plaintext.Length], opened);
                if (!isValid)
                    continue;
                var again = new byte[sealedText.Length];
                seal(key, nonce, associated, plaintext, again);
                Assert.Equal(sealedText, again);
            }
        }

        Assert.Equal(vectors.RootElement.GetProperty("numberOfTests").GetInt32(), count);
    }
}
