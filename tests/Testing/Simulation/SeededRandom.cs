using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Warren.Testing.Simulation;

/// <summary>Everything a simulation leaves to chance, from one 64-bit seed: xoshiro256** filled by
/// SplitMix64.</summary>
public sealed class SeededRandom : Protocol.RandomSource
{
    private ulong _a, _b, _c, _d;

    public SeededRandom(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>From 0 inclusive to <paramref name="limit"/> exclusive.</summary>
    public int Next(int limit) => (int)((UInt128)NextUInt64() * (uint)limit >> 64);

    /// <summary>Both ends inclusive.</summary>
    public int Between(int least, int greatest) => least + Next(greatest - least + 1);

    public TimeSpan Between(TimeSpan least, TimeSpan greatest) => least + (greatest - least) * NextDouble();

    /// <summary>Waiting time to the next of events that come <paramref name="mean"/> apart on average.</summary>
    public TimeSpan Exponential(TimeSpan mean) => mean * -Math.Log(1 - NextDouble());

    /// <summary>From 0 inclusive to 1 exclusive.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    /// <summary>A generator of its own, so that what one part draws never shifts what another draws.</summary>
    public SeededRandom Fork() => new(NextUInt64());

    public override void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextUInt64());
            var length = Math.Min(sizeof(ulong), destination.Length);
            word[..length].CopyTo(destination);
            destination = destination[length..];
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return mixed ^ mixed >> 31;
    }
}
