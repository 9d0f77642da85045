using System;

namespace Warren.Protocol.Crypto;

/// <summary>
/// Seals a transport packet (paper 5.4.6): ChaCha20-Poly1305, nonce of four zero bytes and the counter in little endian,
/// no associated data. Any thread. <paramref name="sealedText"/> is 16 bytes longer, disjoint or from the same start.
/// </summary>
public delegate void AeadSeal(ReadOnlySpan<byte> key, ulong counter, ReadOnlySpan<byte> plaintext, Span<byte> sealedText);
