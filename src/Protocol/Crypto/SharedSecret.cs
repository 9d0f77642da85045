using System;

namespace Warren.Protocol.Crypto;

/// <summary>X25519 (RFC 7748): 32 bytes each. False, and zeros, when the point is of low order. Constant time, any thread.</summary>
public delegate bool SharedSecret(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> shared);
