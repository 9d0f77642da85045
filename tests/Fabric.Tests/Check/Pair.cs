using System;
using Warren.Protocol.Keys;

namespace Warren.Fabric.Tests.Check;

/// <summary>A pair of keys of a test, the same for the same number.</summary>
internal sealed record Pair(string Private, string Public)
{
    internal static Pair Of(int number)
    {
        var bytes = new byte[PrivateKey.Size];
        BitConverter.TryWriteBytes(bytes.AsSpan(8), number + 1);
        (bytes[0], bytes[31]) = (8, 64);
        using var key = PrivateKey.FromBytes(bytes);
        return new Pair(key.ToSecretBase64(), key.PublicKey.ToString());
    }
}
