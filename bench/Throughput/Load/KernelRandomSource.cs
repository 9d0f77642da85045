using System;
using Warren.Linux;
using Warren.Protocol;

namespace Warren.Bench.Throughput.Load;

/// <summary>The kernel's generator. Any thread.</summary>
internal sealed class KernelRandomSource : RandomSource
{
    public override void Fill(Span<byte> destination) => KernelRandom.Fill(destination);
}
