using System;
using System.Buffers;

namespace Warren.Protocol;

/// <summary>Packets that wait for a session, oldest first, at most <see cref="Constants.MaxStagedPackets"/>. Copies what it is
/// given; its memory is rented, and given back when it is empty.</summary>
/// <remarks>A value that is never copied: a field of its tunnel. Its default is empty.</remarks>
internal struct StagedPackets
{
    private readonly record struct Staged(byte[] Buffer, int Length, int PaddedLength);

    private Staged[]? _ring;
    private int _first;

    public int Count { readonly get; private set; }

    /// <summary>Copies a packet to the end; false when the oldest had to make room.</summary>
    public bool Add(ReadOnlySpan<byte> packet, int paddedLength)
    {
        _ring ??= new Staged[Constants.MaxStagedPackets];
        var displaced = Count == _ring.Length;
        if (displaced)
            RemoveFirst();
        var buffer = ArrayPool<byte>.Shared.Rent(packet.Length);
        packet.CopyTo(buffer);
        _ring[(_first + Count++) % _ring.Length] = new Staged(buffer, packet.Length, paddedLength);
        return !displaced;
    }

    /// <summary>The oldest packet and the length it is to be padded to; valid until it is removed. Not when empty.</summary>
    public readonly ReadOnlySpan<byte> First(out int paddedLength)
    {
        var staged = _ring![_first];
        paddedLength = staged.PaddedLength;
        return staged.Buffer.AsSpan(0, staged.Length);
    }

    /// <summary>Lets go of the oldest packet. Not when empty.</summary>
    public void RemoveFirst()
    {
        ArrayPool<byte>.Shared.Return(_ring![_first].Buffer);
        _ring[_first] = default;
        _first = (_first + 1) % _ring.Length;
        if (--Count == 0)
            (_ring, _first) = (null, 0);
    }

    /// <summary>Lets go of all and returns how many they were.</summary>
    public int Clear()
    {
        var count = Count;
        while (Count > 0)
            RemoveFirst();
        return count;
    }
}
