using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Memory;

/// <summary>Pieces of native buffers that one system call writes one behind the other, as if they were one.</summary>
/// <remarks>One thread's. The buffers must live until the call that uses the list has returned.</remarks>
public sealed unsafe class GatherList : IDisposable
{
    /// <summary>Pieces that one call takes at most (UIO_MAXIOV).</summary>
    public const int MostPieces = SysUio.UIO_MAXIOV;

    private readonly NativeBuffer _memory;

    /// <summary>Makes room for <paramref name="capacity"/> pieces, at most <see cref="MostPieces"/>.</summary>
    public GatherList(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MostPieces);
        Capacity = capacity;
        _memory = new NativeBuffer(capacity * sizeof(iovec));
    }

    /// <summary>How many pieces fit.</summary>
    public int Capacity { get; }

    /// <summary>How many there are: neighbours in memory count as one.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of all of them.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a piece of <paramref name="buffer"/> at the end; false when no more fit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The piece is not inside the buffer.</exception>
    public bool TryAdd(NativeBuffer buffer, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if ((uint)offset > (uint)buffer.Length || (uint)length > (uint)(buffer.Length - offset))
            throw new ArgumentOutOfRangeException(nameof(offset));

        // SAFETY: the list is inside `memory`; the piece was checked to be inside `buffer`, which the caller keeps.
        var pieces = (iovec*)_memory.Address;
        byte* start = (byte*)buffer.Address + offset;
        if (Count > 0 && (byte*)pieces[Count - 1].iov_base + pieces[Count - 1].iov_len == start)
        {
            pieces[Count - 1].iov_len += (nuint)length;
        }
        else
        {
            if (Count == Capacity) return false;
            pieces[Count++] = new iovec { iov_base = start, iov_len = (nuint)length };
        }

        Length += length;
        return true;
    }

    /// <summary>Empties the list.</summary>
    public void Clear()
    {
        Count = 0;
        Length = 0;
    }

    /// <summary>Frees the list, not the buffers.</summary>
    public void Dispose() => _memory.Dispose();

    internal iovec* Pieces => (iovec*)_memory.Address;
}
