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
    private nint _block;
    private nint _address;

    /// <summary>Takes <paramref name="length"/> bytes, all zero. Pages of a large buffer take memory only once they are
    /// written: calloc leaves fresh pages of the kernel's alone.</summary>
    public NativeBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;

        nint page = Environment.SystemPageSize;

        // SAFETY: AllocZeroed returns a block or throws; it is freed once, in Free. Rounded up to a page, `length` bytes remain.
        _block = (nint)NativeMemory.AllocZeroed((nuint)(length + page - 1));
        _address = (_block + page - 1) & -page;
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
        _address = 0;
        nint freed = Interlocked.Exchange(ref _block, 0);

        // SAFETY: the exchange lets exactly one caller see the block that AllocZeroed gave.
        if (freed != 0) NativeMemory.Free((void*)freed);
    }
}
