using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Warren.Testing.Simulation;

/// <summary>A 64-bit hash, the same in every process (unlike HashCode), for traces and for telling datagrams
/// apart.</summary>
public static class Fingerprint
{
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Mix(0x9E3779B97F4A7C15, (ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            hash = Mix(hash, value);
        return hash;
    }

    public static ulong Mix(ulong hash, ulong value)
    {
        var product = (UInt128)(hash ^ 0xA0761D6478BD642F) * (value ^ BitOperations.RotateLeft(hash, 29) ^ 0xE7037ED1A0B428DB);
        return (ulong)product ^ (ulong)(product >> 64);
    }
}
