using System;

namespace Warren.Protocol.Crypto;

/// <summary>
/// Seals transport packets of one key, each as an <see cref="AeadSeal"/> would. Any thread. Source and destination are
/// disjoint, unless every text is whole in place; no two packets share bytes of the destination.
/// </summary>
public delegate void AeadSealBatch(
    ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<AeadPacket> packets);
