using System;
using Warren.Linux;
using Warren.Protocol;

namespace Warren.Engine;

/// <summary>The kernel's generator. Any thread.</summary>
internal sealed class SystemRandom : RandomSource
{
    public static SystemRandom Shared { get; } = new();

    public override void Fill(Span<byte> destination) => KernelRandom.Fill(destination);
}
