using System;
using System.Diagnostics.CodeAnalysis;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20-Poly1305 over packets of one key side by side: lanes are filled across packets.</summary>
/// <remarks>
/// Packets go in groups of as many as ChaCha20 has lanes. A lane of ChaCha20 is a block of any packet of the group; a lane
/// of Poly1305 is a packet. Stateless, thread safe, allocates nothing. Time depends on lengths and on which tags were wrong.
/// </remarks>
public static class ChaCha20Poly1305Batch
{
    /// <summary>Encrypts and authenticates each packet.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="source">What texts are read from; disjoint from the destination unless every text is whole in place.</param>
    /// <param name="destination">Where sealed texts go. No two packets share bytes of it, tags included.</param>
    /// <param name="packets">Any number of packets, of any lengths.</param>
    /// <exception cref="ArgumentException">The key has another length, a packet reaches out of a buffer, or the buffers overlap.
    /// Nothing is written then.</exception>
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<AeadPacket> packets) =>
        Seal(key, source, destination, packets, VectorWidths.Widest);

    /// <summary>
    /// Verifies and decrypts each packet in place: <see cref="AeadPacket.PaddedLength"/> bytes and 16 of tag at
    /// <see cref="AeadPacket.Destination"/>. Sets <see cref="AeadPacket.IsAuthentic"/>; a packet that is not stays as it was.
    /// </summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="buffer">Holds the sealed texts. No two packets share bytes of it.</param>
    /// <param name="packets">Any number of packets, of any lengths.</param>
    /// <returns>How many packets are authentic.</returns>
    /// <exception cref="ArgumentException">The key has another length or a packet reaches out of the buffer. Nothing is written
    /// then.</exception>
    public static int Open(ReadOnlySpan<byte> key, Span<byte> buffer, Span<AeadPacket> packets) =>
        Open(key, buffer, packets, VectorWidths.Widest);

    /// <summary>Seals by vectors of a given width: tests compare them all.</summary>
    internal static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<AeadPacket> packets,
        VectorWidth width)
    {
        RequireKey(key);
        var inPlace = true;
        foreach (ref readonly var packet in packets)
        {
            RequireRoom(packet, destination.Length);
            RequireText(packet, source.Length);
            inPlace &= packet.InPlace == packet.Length;
        }

        if (!inPlace && source.Overlaps(destination))
            Refuse("source and destination overlap", nameof(source));
        if (packets.IsEmpty)
            return;
        var size = AeadGroup.Size(width);
        var group = new AeadGroup(key, width, stackalloc byte[AeadGroup.ScratchSize]);
        try
        {
            for (; !packets.IsEmpty; packets = packets[Math.Min(size, packets.Length)..])
                group.Seal(source, destination, packets[..Math.Min(size, packets.Length)]);
        }
        finally
        {
            group.Clear();
        }
    }

    /// <summary>Opens by vectors of a given width.</summary>
    internal static int Open(ReadOnlySpan<byte> key, Span<byte> buffer, Span<AeadPacket> packets, VectorWidth width)
    {
        RequireKey(key);
        foreach (ref readonly var packet in packets)
            RequireRoom(packet, buffer.Length);
        var size = AeadGroup.Size(width);
        var group = new AeadGroup(key, width, stackalloc byte[AeadGroup.ScratchSize]);
        var authentic = 0;
        try
        {
            for (; !packets.IsEmpty; packets = packets[Math.Min(size, packets.Length)..])
                authentic += group.Open(buffer, packets[..Math.Min(size, packets.Length)]);
            return authentic;
        }
        finally
        {
            group.Clear();
        }
    }

    private static void RequireKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != ChaCha20Poly1305.KeySize)
            Refuse("a key has 32 bytes", nameof(key));
    }

    private static void RequireRoom(in AeadPacket packet, int room)
    {
        if ((packet.Destination | packet.PaddedLength) < 0 ||
            (long)packet.Destination + packet.PaddedLength + ChaCha20Poly1305.TagSize > room)
            Refuse("a sealed packet reaches out of its buffer", nameof(packet));
    }

    private static void RequireText(in AeadPacket packet, int available)
    {
        if (packet.InPlace < 0 || packet.InPlace > packet.Length || packet.Length > packet.PaddedLength)
            Refuse("InPlace, Length and PaddedLength do not ascend", nameof(packet));
        if (packet.InPlace == packet.Length)
            return;
        if (packet.InPlace % ChaCha20.BlockSize != 0)
            Refuse("InPlace is neither a multiple of 64 nor the whole length", nameof(packet));
        if (packet.Source < 0 || (long)packet.Source + packet.Length - packet.InPlace > available)
            Refuse("a text reaches out of the source", nameof(packet));
    }

    [DoesNotReturn]
    private static void Refuse(string rule, string parameter) => throw new ArgumentException(rule, parameter);
}
