using System;
using System.Threading;
using Warren.Linux.Memory;
using Path = Warren.Protocol.Routing.Path;

namespace Warren.Engine.Pipeline;

/// <summary>A bounded ring of packets in native memory: what other workers hand to a peer's home worker, in their order.</summary>
/// <remarks>
/// Any thread adds; the home worker alone takes. What <see cref="Pending"/> names stays where it is, and may be changed in place, until
/// the same worker says <see cref="Done"/>. Memory is taken with the first packet: a device with one worker never has any.
/// </remarks>
internal sealed class PacketRing : IDisposable
{
    private readonly Lock _lock = new();
    private int _slotSize;
    private readonly int[] _lengths;
    private readonly Peer?[] _peers;
    private readonly Path[] _paths;
    private NativeBuffer? _buffer;
    private int _first;
    private int _count;
    private bool _isDisposed;

    public PacketRing(int capacity, int slotSize)
    {
        _slotSize = slotSize;
        _lengths = new int[capacity];
        _peers = new Peer?[capacity];
        _paths = new Path[capacity];
    }

    /// <summary>Copies a packet to the end; false when the ring is full or the packet larger than a slot.</summary>
    public bool TryAdd(ReadOnlySpan<byte> packet, Peer peer, in Path path)
    {
        lock (_lock)
        {
            if (_isDisposed || _count == _lengths.Length || packet.Length > _slotSize)
                return false;
            _buffer ??= new NativeBuffer(_lengths.Length * _slotSize);
            var index = (_first + _count) % _lengths.Length;
            packet.CopyTo(_buffer.Span.Slice(index * _slotSize, _slotSize));
            _lengths[index] = packet.Length;
            _peers[index] = peer;
            _paths[index] = path;
            _count++;
            return true;
        }
    }

    /// <summary>How many wait. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The oldest packets that lie side by side: index of the first and how many, 0 when there are none.</summary>
    public int Pending(out int first)
    {
        lock (_lock)
        {
            first = _first;
            return Math.Min(_count, _lengths.Length - _first);
        }
    }

    /// <summary>A pending packet.</summary>
    public Span<byte> this[int index] => _buffer!.Span.Slice(index * _slotSize, _lengths[index]);

    /// <summary>Whose a pending packet is.</summary>
    public Peer PeerOf(int index) => _peers[index]!;

    /// <summary>Where a pending datagram came from.</summary>
    public ref readonly Path PathOf(int index) => ref _paths[index];

    /// <summary>Lets go of the oldest <paramref name="count"/> packets.</summary>
    public void Done(int count)
    {
        lock (_lock)
        {
            Array.Clear(_peers, _first, count);
            _first = (_first + count) % _lengths.Length;
            _count -= count;
        }
    }

    /// <summary>The home worker, with nothing pending in its hands: makes slots larger. What waits is kept.</summary>
    public void Grow(int slotSize)
    {
        lock (_lock)
        {
            if (slotSize <= _slotSize)
                return;
            var old = _buffer;
            if (old is not null)
            {
                _buffer = new NativeBuffer(_lengths.Length * slotSize);
                for (var i = 0; i < _lengths.Length; i++)
                    old.Span.Slice(i * _slotSize, _slotSize).CopyTo(_buffer.Span[(i * slotSize)..]);
                old.Dispose();
            }

            _slotSize = slotSize;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _buffer?.Dispose();
        }
    }
}
