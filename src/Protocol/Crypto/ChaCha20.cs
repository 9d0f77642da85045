using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20 (RFC 8439 2.3) and HChaCha20 (the XChaCha draft, 2.2), one block at a time.</summary>
/// <remarks>Additions, exclusive ors and rotations by constants only: nothing depends on a secret but the values.</remarks>
internal static class ChaCha20
{
    public const int KeySize = 32;
    public const int NonceSize = 12;
    public const int BlockSize = 64;
    public const int StateWords = 16;

    /// <summary>Lays out a state: constants, key, block counter, nonce.</summary>
    public static void Start(Span<uint> state, ReadOnlySpan<byte> key, uint counter, ReadOnlySpan<byte> nonce)
    {
        StartKey(state, key);
        state[12] = counter;
        for (var i = 0; i < 3; i++)
            state[13 + i] = BinaryPrimitives.ReadUInt32LittleEndian(nonce[(4 * i)..]);
    }

    /// <summary>
    /// How much keystream to make for at least <paramref name="length"/> bytes: what is cheapest is whole groups of
    /// lanes, or the two blocks of a short packet.
    /// </summary>
    public static int RoundUp(int length, VectorWidth width)
    {
        var group = width switch
        {
            VectorWidth.Scalar => BlockSize,
            VectorWidth.Vector128 => ChaCha20Vector128.Size,
            _ => ChaCha20Vector256.Size,
        };
        var whole = length & -group;
        var rest = length - whole;
        return width >= VectorWidth.Vector256 && rest is > 0 and <= ChaCha20Pair.Size
            ? whole + ChaCha20Pair.Size
            : (length + group - 1) & -group;
    }

    /// <summary>Writes consecutive blocks of the keystream, whole ones, and moves the state's counter past them.</summary>
    public static void Keystream(Span<uint> state, Span<byte> stream, VectorWidth width)
    {
        if (width >= VectorWidth.Vector512)
        {
            for (; stream.Length >= ChaCha20Vector512.Size; stream = stream[ChaCha20Vector512.Size..])
            {
                ChaCha20Vector512.Consecutive(state, stream);
                state[12] += ChaCha20Vector512.Lanes;
            }
        }

        if (width >= VectorWidth.Vector256)
        {
            for (; stream.Length >= ChaCha20Vector256.Size; stream = stream[ChaCha20Vector256.Size..])
            {
                ChaCha20Vector256.Consecutive(state, stream);
                state[12] += ChaCha20Vector256.Lanes;
            }

            if (stream.Length == ChaCha20Pair.Size)
            {
                ChaCha20Pair.Consecutive(state, stream);
                state[12] += ChaCha20Pair.Lanes;
                return;
            }
        }

        if (width >= VectorWidth.Vector128)
        {
            for (; stream.Length >= ChaCha20Vector128.Size; stream = stream[ChaCha20Vector128.Size..])
            {
                ChaCha20Vector128.Consecutive(state, stream);
                state[12] += ChaCha20Vector128.Lanes;
            }
        }

        Span<uint> block = stackalloc uint[StateWords];
        for (; stream.Length >= BlockSize; stream = stream[BlockSize..])
        {
            Permute(state, block);
            for (var i = 0; i < StateWords; i++)
                BinaryPrimitives.WriteUInt32LittleEndian(stream[(4 * i)..], block[i] + state[i]);
            state[12]++;
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(block));
    }

    /// <summary>HChaCha20: a 32-byte key for one 16-byte nonce.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce16, Span<byte> derived)
    {
        Span<uint> state = stackalloc uint[StateWords];
        StartKey(state, key);
        for (var i = 0; i < 4; i++)
            state[12 + i] = BinaryPrimitives.ReadUInt32LittleEndian(nonce16[(4 * i)..]);
        Permute(state, state);
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(derived[(4 * i)..], state[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(derived[(16 + 4 * i)..], state[12 + i]);
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(state));
    }

    private static void StartKey(Span<uint> state, ReadOnlySpan<byte> key)
    {
        state[0] = 0x61707865;
        state[1] = 0x3320646e;
        state[2] = 0x79622d32;
        state[3] = 0x6b206574;
        for (var i = 0; i < 8; i++)
            state[4 + i] = BinaryPrimitives.ReadUInt32LittleEndian(key[(4 * i)..]);
    }

    /// <summary>The twenty rounds without the final addition. Both spans may be the same.</summary>
    private static void Permute(ReadOnlySpan<uint> state, Span<uint> output)
    {
        uint a0 = state[0], a1 = state[1], a2 = state[2], a3 = state[3];
        uint b0 = state[4], b1 = state[5], b2 = state[6], b3 = state[7];
        uint c0 = state[8], c1 = state[9], c2 = state[10], c3 = state[11];
        uint d0 = state[12], d1 = state[13], d2 = state[14], d3 = state[15];
        for (var round = 0; round < 20; round += 2)
        {
            QuarterRound(ref a0, ref b0, ref c0, ref d0);
            QuarterRound(ref a1, ref b1, ref c1, ref d1);
            QuarterRound(ref a2, ref b2, ref c2, ref d2);
            QuarterRound(ref a3, ref b3, ref c3, ref d3);
            QuarterRound(ref a0, ref b1, ref c2, ref d3);
            QuarterRound(ref a1, ref b2, ref c3, ref d0);
            QuarterRound(ref a2, ref b3, ref c0, ref d1);
            QuarterRound(ref a3, ref b0, ref c1, ref d2);
        }

        (output[0], output[1], output[2], output[3]) = (a0, a1, a2, a3);
        (output[4], output[5], output[6], output[7]) = (b0, b1, b2, b3);
        (output[8], output[9], output[10], output[11]) = (c0, c1, c2, c3);
        (output[12], output[13], output[14], output[15]) = (d0, d1, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(ref uint a, ref uint b, ref uint c, ref uint d)
    {
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 16);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 12);
        a += b;
        d = BitOperations.RotateLeft(d ^ a, 8);
        c += d;
        b = BitOperations.RotateLeft(b ^ c, 7);
    }
}
