using System;
using System.Buffers.Binary;

namespace Warren.Protocol.Crypto;

/// <summary>The primitives a tunnel uses: ours by default; an engine may give faster ones of the same contract.</summary>
public sealed class Primitives
{
    private static readonly SharedSecret Ours = Crypto.X25519.TryScalarMult;

    /// <summary>Ours, in C# alone.</summary>
    public static Primitives Managed { get; } = new();

    /// <summary>Seals transport packets.</summary>
    public AeadSeal Seal { get; init; } = SealManaged;

    /// <summary>Opens transport packets.</summary>
    public AeadOpen Open { get; init; } = OpenManaged;

    /// <summary>Seals several transport packets of one key.</summary>
    public AeadSealBatch SealBatch { get; init; } = ChaCha20Poly1305Batch.Seal;

    /// <summary>Opens several transport packets of one key.</summary>
    public AeadOpenBatch OpenBatch { get; init; } = ChaCha20Poly1305Batch.Open;

    /// <summary>Computes shared secrets of handshakes. Another one than ours is called once per secret; ours computes several
    /// side by side.</summary>
    public SharedSecret X25519 { get; init; } = Ours;

    /// <summary>X25519 of several independent pairs of 32 bytes each; zeros where a point is of low order.</summary>
    internal void X25519Many(ReadOnlySpan<byte> scalars, ReadOnlySpan<byte> points, Span<byte> shared)
    {
        if (X25519 == Ours)
        {
            Crypto.X25519.ScalarMultMany(scalars, points, shared);
            return;
        }

        const int size = Crypto.X25519.Size;
        for (; !scalars.IsEmpty; scalars = scalars[size..], points = points[size..], shared = shared[size..])
        {
            if (!X25519(scalars[..size], points[..size], shared[..size]))
                shared[..size].Clear();
        }
    }

    private static void SealManaged(ReadOnlySpan<byte> key, ulong counter, ReadOnlySpan<byte> plaintext, Span<byte> sealedText)
    {
        Span<byte> nonce = stackalloc byte[ChaCha20Poly1305.NonceSize];
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], counter);
        ChaCha20Poly1305.Seal(key, nonce, [], plaintext, sealedText);
    }

    private static bool OpenManaged(ReadOnlySpan<byte> key, ulong counter, ReadOnlySpan<byte> sealedText, Span<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[ChaCha20Poly1305.NonceSize];
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], counter);
        return ChaCha20Poly1305.TryOpen(key, nonce, [], sealedText, plaintext);
    }
}
