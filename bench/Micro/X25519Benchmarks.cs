using System;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Warren.Protocol.Crypto;

namespace Warren.Bench.Micro;

/// <summary>X25519 per shared secret: on 64-bit words, and in the lanes of vectors.</summary>
public class X25519Benchmarks
{
    private const int Most = 8;

    private readonly byte[] _scalars = RandomNumberGenerator.GetBytes(Most * X25519.Size);
    private readonly byte[] _points = RandomNumberGenerator.GetBytes(Most * X25519.Size);
    private readonly byte[] _shared = new byte[Most * X25519.Size];

    /// <summary>One, on 64-bit words: what runs without vectors.</summary>
    [Benchmark(Baseline = true)]
    public void Words() => Multiply(1, 1);

    /// <summary>One, in one lane of four where there are lanes.</summary>
    [Benchmark]
    public void Alone() => Multiply(1, X25519.Widest);

    /// <summary>Two side by side, as a tunnel that answers alone has them.</summary>
    [Benchmark(OperationsPerInvoke = 2)]
    public void TwoSideBySide() => Multiply(2, X25519.Widest);

    /// <summary>Four side by side: every lane filled.</summary>
    [Benchmark(OperationsPerInvoke = 4)]
    public void FourSideBySide() => Multiply(4, X25519.Widest);

    /// <summary>Eight, as a batch of handshakes has them, four at a time.</summary>
    [Benchmark(OperationsPerInvoke = Most)]
    public void EightInFours() => Multiply(Most, Math.Min(4, X25519.Widest));

    /// <summary>Eight, as a batch of handshakes has them.</summary>
    [Benchmark(OperationsPerInvoke = Most)]
    public void EightSideBySide() => Multiply(Most, X25519.Widest);

    private void Multiply(int pairs, int width)
    {
        var size = pairs * X25519.Size;
        X25519.ScalarMultMany(_scalars.AsSpan(0, size), _points.AsSpan(0, size), _shared.AsSpan(0, size), width);
    }
}
