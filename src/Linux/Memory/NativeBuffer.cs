using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Warren.Linux.Memory;

/// <summary>Page-aligned, zeroed memory outside the garbage collector's heap, whose address never changes.</summary>
/// <remarks>
/// Owned by whoever made it and freed by <see cref="Dispose"/> (or the finalizer). Spans taken from it are borrowed and must not
/// outlive it; two threads may use disjoint parts at once.
/// </remarks>
public sealed unsafe class NativeBuffer : IDisposable
{
    private nint _address;

    /// <summary>Takes <paramref name="length"/> bytes, all zero.</summary>
    public NativeBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;

        // SAFETY: AlignedAlloc returns at least `length` bytes or throws; they are freed once, in Free.
        _address = (nint)NativeMemory.AlignedAlloc((nuint)length, (nuint)Environment.SystemPageSize);
        NativeMemory.Clear((void*)_address, (nuint)length);
    }

    /// <summary>Frees the memory when the owner forgot to.</summary>
    ~NativeBuffer() => Free();

    /// <summary>Size in bytes.</summary>
    public int Length { get; }

    /// <summary>Address of the first byte, a multiple of the page size.</summary>
    public nint Address
    {
        get
        {
            nint current = _address;
            ObjectDisposedException.ThrowIf(current == 0, this);
            return current;
        }
    }

    /// <summary>All of it; borrowed until <see cref="Dispose"/>.</summary>
    public Span<byte> Span => new((void*)Address, Length); // SAFETY: Address..Length is ours until Dispose.

    /// <summary>Frees the memory; a second call does nothing.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        nint freed = Interlocked.Exchange(ref _address, 0);

        // SAFETY: the exchange lets exactly one caller see the address that AlignedAlloc gave.
        if (freed != 0) NativeMemory.AlignedFree((void*)freed);
    }
}
