using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>BLAKE2s in the making: eight chained words, a byte count and up to one block not yet compressed.</summary>
/// <remarks>Lives on the stack of one call.</remarks>
internal struct Blake2sState
{
    private const int BlockSize = Blake2sCompression.BlockSize;

    private Vector128<uint> _low;
    private Vector128<uint> _high;
    private ulong _count;
    private int _buffered;
    private Block _block;

    /// <summary>Begins anew with the parameter block of RFC 7693 2.5; a key becomes the first block.</summary>
    public void Start(ReadOnlySpan<byte> key, int digestLength)
    {
        if (digestLength is < 1 or > Blake2s.MaxDigestSize)
            throw new ArgumentException("a BLAKE2s digest has 1 to 32 bytes", nameof(digestLength));
        if (key.Length > Blake2s.MaxDigestSize)
            throw new ArgumentException("a BLAKE2s key has at most 32 bytes", nameof(key));

        var parameters = 0x0101_0000u | ((uint)key.Length << 8) | (uint)digestLength;
        _low = Blake2sCompression.InitialLow ^ Vector128.CreateScalar(parameters);
        _high = Blake2sCompression.InitialHigh;
        _count = 0;
        _buffered = 0;
        if (key.IsEmpty)
            return;

        Span<byte> block = _block;
        block.Clear();
        key.CopyTo(block);
        _buffered = BlockSize;
    }

    /// <summary>Goes on from a chaining value after <paramref name="count"/> bytes, which were whole blocks.</summary>
    public void Resume(Vector128<uint> low, Vector128<uint> high, ulong count)
    {
        _low = low;
        _high = high;
        _count = count;
        _buffered = 0;
    }

    /// <summary>Right after <see cref="Start"/> with a key, and before a message that is not empty: takes in the key.</summary>
    public void CompressKey() => Compress(BlockSize, last: false);

    /// <summary>The eight words so far, without what is still buffered.</summary>
    public readonly void ChainingValue(out Vector128<uint> low, out Vector128<uint> high) => (low, high) = (_low, _high);

    /// <summary>Takes more of the message.</summary>
    public void Update(ReadOnlySpan<byte> data)
    {
        Span<byte> block = _block;
        while (!data.IsEmpty)
        {
            // The last block is compressed by Finish, which knows that it is the last: a full buffer waits.
            if (_buffered == BlockSize)
                Compress(BlockSize, last: false);

            var taken = Math.Min(BlockSize - _buffered, data.Length);
            data[..taken].CopyTo(block[_buffered..]);
            _buffered += taken;
            data = data[taken..];
        }
    }

    /// <summary>Ends the message and writes as many bytes of the digest as <paramref name="digest"/> has.</summary>
    public void Finish(Span<byte> digest)
    {
        Span<byte> block = _block;
        block[_buffered..].Clear();
        Compress(_buffered, last: true);

        _low.AsByte().CopyTo(block);
        _high.AsByte().CopyTo(block[16..]);
        block[..digest.Length].CopyTo(digest);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Blake2sState>(ref this)));

    private void Compress(int length, bool last)
    {
        _count += (uint)length;
        _buffered = 0;
        Blake2sCompression.Compress(ref _low, ref _high, _block, _count, last);
    }

    [InlineArray(BlockSize)]
    private struct Block
    {
        private byte _first;
    }
}
