using System;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>Packets sealed or opened together: as many as ChaCha20 has lanes, so that one pass makes all their Poly1305 keys.</summary>
internal ref struct AeadGroup
{
    private const int MaxSize = ChaCha20Lanes.MaxCount;

    /// <summary>How many bytes a group works in; all of them are secret.</summary>
    public const int ScratchSize = ChaCha20Lanes.ScratchSize + MaxSize * Poly1305.KeySize + Poly1305Lanes.ScratchSize;

    private readonly VectorWidth _width;
    private readonly Span<byte> _scratch;
    private readonly Span<byte> _keys;
    private readonly Span<byte> _macScratch;
    private ChaCha20Lanes _cipher;

    public AeadGroup(ReadOnlySpan<byte> key, VectorWidth width, Span<byte> scratch)
    {
        _width = width;
        _scratch = scratch;
        _keys = scratch.Slice(ChaCha20Lanes.ScratchSize, MaxSize * Poly1305.KeySize);
        _macScratch = scratch.Slice(ChaCha20Lanes.ScratchSize + _keys.Length, Poly1305Lanes.ScratchSize);
        _cipher = new ChaCha20Lanes(key, width, scratch[..ChaCha20Lanes.ScratchSize]);
    }

    /// <summary>How many packets a group takes.</summary>
    public static int Size(VectorWidth width) => ChaCha20Lanes.Count(width);

    /// <summary>Seals one group.</summary>
    public void Seal(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<AeadPacket> packets)
    {
        Span<AeadPacket> group = stackalloc AeadPacket[MaxSize];
        group = group[..packets.Length];
        packets.CopyTo(group);
        foreach (ref var packet in group)
            packet.IsAuthentic = true;

        _cipher.Begin(group, _keys);
        _cipher.Crypt(source, destination, group);
        Span<byte> tags = stackalloc byte[MaxSize * Poly1305.TagSize];
        Poly1305Lanes.Tags(_keys, destination, group, tags, _macScratch, _width);
        for (var i = 0; i < group.Length; i++)
            tags.Slice(i * Poly1305.TagSize, Poly1305.TagSize).CopyTo(destination[(group[i].Destination + group[i].PaddedLength)..]);
    }

    /// <summary>Opens one group; returns how many packets are authentic.</summary>
    public int Open(Span<byte> buffer, Span<AeadPacket> packets)
    {
        Span<AeadPacket> group = stackalloc AeadPacket[MaxSize];
        group = group[..packets.Length];
        packets.CopyTo(group);
        foreach (ref var packet in group)
            packet.InPlace = packet.Length = packet.PaddedLength;

        _cipher.Begin(group, _keys);
        Span<byte> tags = stackalloc byte[MaxSize * Poly1305.TagSize];
        Poly1305Lanes.Tags(_keys, buffer, group, tags, _macScratch, _width);
        var authentic = 0;
        for (var i = 0; i < group.Length; i++)
        {
            var sent = buffer.Slice(group[i].Destination + group[i].PaddedLength, Poly1305.TagSize);
            var same = Poly1305.AreEqual(sent, tags.Slice(i * Poly1305.TagSize, Poly1305.TagSize));
            packets[i].IsAuthentic = group[i].IsAuthentic = same;
            if (same)
                authentic++;
            else
                buffer.Slice(group[i].Destination, group[i].PaddedLength).Clear();
        }

        CryptographicOperations.ZeroMemory(tags);
        _cipher.Crypt([], buffer, group);
        return authentic;
    }

    /// <summary>Forgets everything.</summary>
    public readonly void Clear() => CryptographicOperations.ZeroMemory(_scratch);
}
