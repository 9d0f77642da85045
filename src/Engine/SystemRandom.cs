using System;
using System.Security.Cryptography;
using Warren.Protocol;

namespace Warren.Engine;

/// <summary>The operating system's generator.</summary>
internal sealed class SystemRandom : RandomSource
{
    public static SystemRandom Shared { get; } = new();

    public override void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
