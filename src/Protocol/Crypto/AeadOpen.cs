using System;

namespace Warren.Protocol.Crypto;

/// <summary>
/// Opens what an <see cref="AeadSeal"/> sealed. False, and a plaintext of zeros, when it is not authentic. Any thread.
/// <paramref name="plaintext"/> is 16 bytes shorter, disjoint or from the same start.
/// </summary>
public delegate bool AeadOpen(ReadOnlySpan<byte> key, ulong counter, ReadOnlySpan<byte> sealedText, Span<byte> plaintext);
