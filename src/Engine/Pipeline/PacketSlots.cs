using System;
using Warren.Linux.Memory;

namespace Warren.Engine.Pipeline;

/// <summary>Slots of one size in native memory for the packets of one read of the TUN, each with its owner once known.</summary>
/// <remarks>One thread's. A packet is valid until its slot is written again.</remarks>
internal sealed class PacketSlots : IDisposable
{
    private readonly NativeBuffer _buffer;
    private readonly int[] _lengths;
    private readonly Peer?[] _peers;

    public PacketSlots(int capacity, int slotSize)
    {
        _buffer = new NativeBuffer(capacity * slotSize);
        _lengths = new int[capacity];
        _peers = new Peer?[capacity];
        SlotSize = slotSize;
    }

    public int SlotSize { get; }

    public int Count { get; private set; }

    public bool IsFull => Count == _lengths.Length;

    /// <summary>The next free slot, whole.</summary>
    public Span<byte> Slot => _buffer.Span.Slice(Count * SlotSize, SlotSize);

    /// <summary>Takes the first bytes of <see cref="Slot"/> as a packet of <paramref name="peer"/>.</summary>
    public void Add(int length, Peer peer)
    {
        _lengths[Count] = length;
        _peers[Count++] = peer;
    }

    public Span<byte> this[int index] => _buffer.Span.Slice(index * SlotSize, _lengths[index]);

    public Peer PeerOf(int index) => _peers[index]!;

    public void Clear()
    {
        Array.Clear(_peers, 0, Count);
        Count = 0;
    }

    public void Dispose() => _buffer.Dispose();
}
