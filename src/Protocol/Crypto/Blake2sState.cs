using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>BLAKE2s in the making: eight chained words, a byte count and up to one block not yet compressed.</summary>
/// <remarks>Lives on the stack of one call. Only shifts, additions and shuffles by constants touch the contents.</remarks>
internal struct Blake2sState
{
    private const int BlockSize = 64;

    private Vector128<uint> _low;
    private Vector128<uint> _high;
    private ulong _count;
    private int _buffered;
    private Block _block;

    private static Vector128<uint> InitialLow => Vector128.Create(0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au);

    private static Vector128<uint> InitialHigh => Vector128.Create(0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u);

    /// <summary>The message schedule, RFC 7693 2.7: ten permutations of the sixteen message words.</summary>
    private static ReadOnlySpan<byte> Sigma =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3,
        11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4,
        7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8,
        9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13,
        2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9,
        12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11,
        13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10,
        6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5,
        10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
    ];

    /// <summary>Begins anew with the parameter block of RFC 7693 2.5; a key becomes the first block.</summary>
    public void Start(ReadOnlySpan<byte> key, int digestLength)
    {
        if (digestLength is < 1 or > Blake2s.MaxDigestSize)
            throw new ArgumentException("a BLAKE2s digest has 1 to 32 bytes", nameof(digestLength));
        if (key.Length > Blake2s.MaxDigestSize)
            throw new ArgumentException("a BLAKE2s key has at most 32 bytes", nameof(key));

        var parameters = 0x0101_0000u | ((uint)key.Length << 8) | (uint)digestLength;
        _low = InitialLow ^ Vector128.CreateScalar(parameters);
        _high = InitialHigh;
        _count = 0;
        _buffered = 0;
        if (key.IsEmpty)
            return;

        Span<byte> block = _block;
        block.Clear();
        key.CopyTo(block);
        _buffered = BlockSize;
    }

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
        Compress((uint)_buffered, last: true);

        _low.AsByte().CopyTo(block);
        _high.AsByte().CopyTo(block[16..]);
        block[..digest.Length].CopyTo(digest);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Blake2sState>(ref this)));

    private void Compress(uint length, bool last)
    {
        _count += length;
        _buffered = 0;
        Span<uint> message = stackalloc uint[16];
        ReadOnlySpan<byte> block = _block;
        for (var i = 0; i < message.Length; i++)
            message[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);

        var a = _low;
        var b = _high;
        var c = InitialLow;
        var d = InitialHigh ^ Vector128.Create((uint)_count, (uint)(_count >> 32), last ? uint.MaxValue : 0, 0);
        for (var sigma = Sigma; !sigma.IsEmpty; sigma = sigma[16..])
        {
            // The four columns side by side, then, rows b to d turned, the four diagonals.
            Mix(ref a, ref b, ref c, ref d, Gather(message, sigma, 0), Gather(message, sigma, 1));
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
            Mix(ref a, ref b, ref c, ref d, Gather(message, sigma, 8), Gather(message, sigma, 9));
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
        }

        _low ^= a ^ c;
        _high ^= b ^ d;
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(message));
    }

    /// <summary>Every second word of a schedule row from <paramref name="start"/>: indices are public constants.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Gather(ReadOnlySpan<uint> message, ReadOnlySpan<byte> sigma, int start) =>
        Vector128.Create(
            message[sigma[start]], message[sigma[start + 2]], message[sigma[start + 4]], message[sigma[start + 6]]);

    /// <summary>RFC 7693 3.1, on four columns at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d,
        Vector128<uint> x, Vector128<uint> y)
    {
        a += b + x;
        d = RotateRight(d ^ a, 16);
        c += d;
        b = RotateRight(b ^ c, 12);
        a += b + y;
        d = RotateRight(d ^ a, 8);
        c += d;
        b = RotateRight(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateRight(Vector128<uint> value, int bits) => (value >>> bits) | (value << (32 - bits));

    [InlineArray(BlockSize)]
    private struct Block
    {
        private byte _first;
    }
}
