using System.Security.Cryptography;
using Warren.Protocol.Keys;

namespace Warren.Lab.Tests;

/// <summary>A key pair in the texts that configurations hold.</summary>
internal sealed record TunnelKey(string Private, string Public)
{
    public static TunnelKey New()
    {
        using var key = PrivateKey.FromBytes(RandomNumberGenerator.GetBytes(PrivateKey.Size));
        return new TunnelKey(key.ToSecretBase64(), key.PublicKey.ToString());
    }

    public static string NewPreshared() => System.Convert.ToBase64String(RandomNumberGenerator.GetBytes(PrivateKey.Size));
}
