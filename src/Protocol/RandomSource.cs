using System;
using System.Buffers.Binary;

namespace Warren.Protocol;

/// <summary>Where randomness comes from. An engine gives the system's generator; a simulation gives a seeded one.</summary>
public abstract class RandomSource
{
    /// <summary>Fills the whole of <paramref name="destination"/>.</summary>
    public abstract void Fill(Span<byte> destination);

    /// <summary>A uniform 32-bit number.</summary>
    public uint NextUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
