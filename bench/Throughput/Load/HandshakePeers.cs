using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Warren.Protocol.Keys;

namespace Warren.Bench.Throughput.Load;

/// <summary>The peers that make handshakes: the same key pairs in every process, from a seed and a number.</summary>
public static class HandshakePeers
{
    /// <summary>The private key of peer <paramref name="number"/>, from 0; the caller's to dispose.</summary>
    public static PrivateKey Key(int number) =>
        PrivateKey.FromBytes(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"warren bench handshake {number}"))));

    /// <summary>A [Peer] section for each of <paramref name="count"/> peers, for <c>wg addconf</c> or behind an [Interface] for <c>wg setconf</c>:
    /// key and one allowed IP of 10.128.0.0/9.</summary>
    public static string Sections(int count)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            using var key = Key(number);
            text.Append(CultureInfo.InvariantCulture,
                $"[Peer]\nPublicKey = {key.PublicKey}\nAllowedIPs = 10.{128 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}/32\n");
        }

        return text.ToString();
    }
}
