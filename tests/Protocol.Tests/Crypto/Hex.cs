using System;

namespace Warren.Protocol.Tests.Crypto;

/// <summary>Vectors are written in hexadecimal, with spaces where that reads better.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
