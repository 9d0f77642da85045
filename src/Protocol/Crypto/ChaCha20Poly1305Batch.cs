using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20-Poly1305 over packets of one key side by side: lanes are filled across packets.</summary>
/// <remarks>
/// Packets go in groups of as many as ChaCha20 has lanes. A lane of ChaCha20 is a block of any packet of the group; a lane
/// of Poly1305 is a packet. Stateless, thread safe, allocates nothing. Time depends on lengths and on which tags were wrong.
/// </remarks>
public static class ChaCha20Poly1305Batch
{
    /// <summary>The longest text, padding included, in bytes: the longest IP packet.</summary>
    public const int MaxLength = ushort.MaxValue;

    // Up to so many packets, all shorter than that, one after the other is as fast.
    private const int FewPackets = 2;
    private const int LongPacket = 4096;

    /// <summary>Encrypts and authenticates each packet.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="source">What texts are read from; disjoint from the destination unless every text is whole in place.</param>
    /// <param name="destination">Where sealed texts go. No two packets share bytes of it, tags included.</param>
    /// <param name="packets">Any number of packets, of lengths up to <see cref="MaxLength"/>.</param>
    /// <exception cref="ArgumentException">The key has another length, a packet reaches out of a buffer, or the buffers overlap.
    /// Nothing is written then.</exception>
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<AeadPacket> packets) =>
        Seal(key, source, destination, packets, VectorWidths.Widest);

    /// <summary>
    /// Verifies and decrypts each packet in place: <see cref="AeadPacket.PaddedLength"/> bytes and 16 of tag at
    /// <see cref="AeadPacket.Destination"/>. Sets <see cref="AeadPacket.IsAuthentic"/>; of a packet that is not, zeros
    /// stand in place of the text.
    /// </summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="buffer">Holds the sealed texts. No two packets share bytes of it.</param>
    /// <param name="packets">Any number of packets, of lengths up to <see cref="MaxLength"/>.</param>
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
        if (!IsWorthLanes(packets))
        {
            foreach (ref readonly var packet in packets)
                SealOne(key, source, destination, packet, width);
            return;
        }

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
        if (!IsWorthLanes(packets))
        {
            var opened = 0;
            foreach (ref var packet in packets)
                opened += OpenOne(key, buffer, ref packet, width) ? 1 : 0;
            return opened;
        }

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

    /// <summary>Whether there is enough to fill lanes with.</summary>
    private static bool IsWorthLanes(ReadOnlySpan<AeadPacket> packets)
    {
        if (packets.Length > FewPackets)
            return true;
        foreach (ref readonly var packet in packets)
        {
            if (packet.PaddedLength >= LongPacket)
                return true;
        }

        return false;
    }

    private static void SealOne(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> destination, in AeadPacket packet, VectorWidth width)
    {
        var output = destination.Slice(packet.Destination, packet.PaddedLength + ChaCha20Poly1305.TagSize);
        var input = packet.InPlace < packet.Length ? source.Slice(packet.Source, packet.Length - packet.InPlace) : default;
        if (input.Length < packet.PaddedLength)
        {
            input.CopyTo(output[packet.InPlace..]);
            output[packet.Length..packet.PaddedLength].Clear();
            input = output[..packet.PaddedLength];
        }

        Span<byte> nonce = stackalloc byte[ChaCha20Poly1305.NonceSize];
        WriteNonce(nonce, packet.Counter);
        ChaCha20Poly1305.Seal(key, nonce, [], input, output, width);
    }

    private static bool OpenOne(ReadOnlySpan<byte> key, Span<byte> buffer, ref AeadPacket packet, VectorWidth width)
    {
        var text = buffer.Slice(packet.Destination, packet.PaddedLength + ChaCha20Poly1305.TagSize);
        Span<byte> nonce = stackalloc byte[ChaCha20Poly1305.NonceSize];
        WriteNonce(nonce, packet.Counter);
        packet.IsAuthentic = ChaCha20Poly1305.TryOpen(key, nonce, [], text, text[..packet.PaddedLength], width);
        return packet.IsAuthentic;
    }

    private static void WriteNonce(Span<byte> nonce, ulong counter)
    {
        nonce[..4].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], counter);
    }

    private static void RequireKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != ChaCha20Poly1305.KeySize)
            Refuse("a key has 32 bytes", nameof(key));
    }

    private static void RequireRoom(in AeadPacket packet, int room)
    {
        if ((uint)packet.PaddedLength > MaxLength)
            Refuse("a packet is longer than 65,535 bytes", nameof(packet));
        if (packet.Destination < 0 || packet.Destination > room - packet.PaddedLength - ChaCha20Poly1305.TagSize)
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
        if (packet.Source < 0 || packet.Source > available - (packet.Length - packet.InPlace))
            Refuse("a text reaches out of the source", nameof(packet));
    }

    [DoesNotReturn]
    private static void Refuse(string rule, string parameter) => throw new ArgumentException(rule, parameter);
}
