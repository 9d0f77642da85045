using System;
using Warren.Linux.Memory;
using Warren.Linux.Tun;

namespace Warren.Engine.Pipeline;

/// <summary>Packets and super-packets of one turn of reading the TUN, one behind the other in native memory, each with its owner.</summary>
/// <remarks>One thread's. A packet is valid until <see cref="Clear"/>.</remarks>
internal sealed class InnerBatch : IDisposable
{
    /// <summary>The largest thing a TUN gives: a super-packet of 64 KiB and what stands before it (GSO_LEGACY_MAX_SIZE of the kernel).</summary>
    public const int LargestPacket = 65536 + VirtioNetHeader.Size;

    /// <summary>Packets of a turn at most: what waits for the turn's end waits for all of them.</summary>
    private const int MostPackets = 128;

    /// <summary>Bytes after which a turn reads no more: two super-packets.</summary>
    private const int EnoughBytes = 2 * 65536;

    private readonly Entry[] _entries = new Entry[MostPackets];
    private int _used;

    /// <summary>What the packets lie in. Pages are touched as packets need them.</summary>
    public NativeBuffer Buffer { get; } = new(EnoughBytes + LargestPacket);

    public int Count { get; private set; }

    public bool IsFull => Count == MostPackets || _used >= EnoughBytes;

    /// <summary>Where the next packet is read to: at least <see cref="LargestPacket"/> bytes.</summary>
    public Span<byte> Space => Buffer.Span[_used..];

    /// <summary>Takes a packet that was read to <see cref="Space"/>.</summary>
    /// <param name="before">Bytes before the packet: its virtio-net header.</param>
    /// <param name="length">The packet's length.</param>
    /// <param name="header">How it is to be cut.</param>
    /// <param name="peer">Whose it is.</param>
    public void Add(int before, int length, in VirtioNetHeader header, Peer peer)
    {
        _entries[Count++] = new Entry(_used + before, length, header, peer);
        _used = (_used + before + length + 63) & ~63;
    }

    public ref readonly Entry this[int index] => ref _entries[index];

    public Span<byte> Packet(in Entry entry) => Buffer.Span.Slice(entry.Offset, entry.Length);

    public void Clear()
    {
        Array.Clear(_entries, 0, Count);
        Count = 0;
        _used = 0;
    }

    public void Dispose() => Buffer.Dispose();

    internal readonly record struct Entry(int Offset, int Length, VirtioNetHeader Header, Peer Peer);
}
