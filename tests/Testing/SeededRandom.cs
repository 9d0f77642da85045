using System;
using System.Buffers.Binary;
using Warren.Protocol;

namespace Warren.Testing;

/// <summary>A generator that gives the same bytes for the same seed (SplitMix64): for tests only.</summary>
public sealed class SeededRandom(ulong seed) : RandomSource
{
    private ulong _state = seed;

    /// <inheritdoc/>
    public override void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (destination.Length > 0)
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            BinaryPrimitives.WriteUInt64LittleEndian(word, z ^ (z >> 31));
            var count = Math.Min(destination.Length, word.Length);
            word[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }
}
