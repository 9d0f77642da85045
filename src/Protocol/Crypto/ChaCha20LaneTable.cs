using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Warren.Protocol.Crypto;

/// <summary>Which block of which packet each lane computes, many lanes ahead; and of up to sixteen packets, what a lane needs.</summary>
/// <remarks>Nothing in it is secret.</remarks>
internal readonly ref struct ChaCha20LaneTable
{
    /// <summary>How many lanes it holds.</summary>
    public const int Capacity = 128;

    /// <summary>How many packets it holds.</summary>
    public const int Packets = ChaCha20Vector512.Lanes;

    // A run is written in whole vectors, so that one that begins in the last lane reaches past it.
    private const int Slack = 32;

    /// <summary>How many bytes it lies in.</summary>
    public const int Size = 4 * Packets * sizeof(uint) + 2 * (Capacity + Slack) * sizeof(ushort);

    private readonly Span<uint> _packets;
    private readonly Span<ushort> _lanes;

    public ChaCha20LaneTable(Span<byte> memory)
    {
        _packets = MemoryMarshal.Cast<byte, uint>(memory[..(4 * Packets * sizeof(uint))]);
        _lanes = MemoryMarshal.Cast<byte, ushort>(memory[(4 * Packets * sizeof(uint))..Size]);
    }

    /// <summary>Word 14 of each packet's states: the lower half of its counter. Word 13 is zero in every packet.</summary>
    public Span<uint> CounterLow => _packets[..Packets];

    /// <summary>Word 15: the upper half.</summary>
    public Span<uint> CounterHigh => _packets.Slice(Packets, Packets);

    /// <summary>Where block 0 would have its text, had it any: block n has it 64 n bytes on. Modulo 2^32.</summary>
    public Span<uint> Sources => _packets.Slice(2 * Packets, Packets);

    /// <summary>Where that text would go.</summary>
    public Span<uint> Destinations => _packets.Slice(3 * Packets, Packets);

    /// <summary>The packet of each lane.</summary>
    public Span<ushort> LanePackets => _lanes[..(Capacity + Slack)];

    /// <summary>The block of each lane; block 0 makes the one-time key.</summary>
    public Span<ushort> LaneBlocks => _lanes[(Capacity + Slack)..];

    /// <summary>Gives lanes from <paramref name="lane"/> on consecutive blocks of one packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int lane, int count, int packet, int block)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)lane, (uint)(Capacity - count));

        // SAFETY: lane + count <= Capacity, and each row is longer by what a whole vector may reach past that.
        ref var packets = ref Unsafe.Add(ref MemoryMarshal.GetReference(_lanes), lane);
        ref var blocks = ref Unsafe.Add(ref packets, Capacity + Slack);
        for (var i = 0; i < count; i += Vector256<ushort>.Count)
        {
            Vector256.Create((ushort)packet).StoreUnsafe(ref packets, (nuint)i);
            (Vector256.Create((ushort)(block + i)) + Vector256<ushort>.Indices).StoreUnsafe(ref blocks, (nuint)i);
        }
    }
}
