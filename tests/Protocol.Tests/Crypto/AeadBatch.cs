using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

/// <summary>A batch laid out in buffers with random bytes between packets, and what sealing must make of it.</summary>
internal sealed class AeadBatch
{
    private readonly Random _random;
    private readonly List<AeadPacket> _packets = [];
    private int _source, _destination;

    public AeadBatch(Random random)
    {
        _random = random;
        random.NextBytes(Key);
    }

    public byte[] Key { get; } = new byte[32];

    public byte[] Source { get; private set; } = [];

    /// <summary>Before sealing: holds the texts that are in place.</summary>
    public byte[] Destination { get; private set; } = [];

    /// <summary>After sealing.</summary>
    public byte[] Sealed { get; private set; } = [];

    /// <summary>After sealing and opening: texts padded with zeros, and tags.</summary>
    public byte[] Opened { get; private set; } = [];

    public AeadPacket[] Packets => _packets.ToArray();

    public void Add(int length, int padding = 0, int inPlace = 0, int gap = 16)
    {
        _destination += gap;
        _packets.Add(new AeadPacket
        {
            Counter = (ulong)_random.NextInt64(),
            Source = _source,
            Destination = _destination,
            InPlace = inPlace,
            Length = length,
            PaddedLength = length + padding,
        });
        _source += length - inPlace;
        _destination += length + padding + 16;
    }

    /// <summary>Fills the buffers and seals packet by packet with the proven code.</summary>
    public void LayOut()
    {
        Source = Bytes(_source);
        Destination = Bytes(_destination + 16);
        Sealed = [.. Destination];
        Opened = [.. Destination];
        foreach (var packet in _packets)
        {
            var text = new byte[packet.PaddedLength];
            Destination.AsSpan(packet.Destination, packet.InPlace).CopyTo(text);
            Source.AsSpan(packet.Source, packet.Length - packet.InPlace).CopyTo(text.AsSpan(packet.InPlace));
            var nonce = new byte[12];
            BinaryPrimitives.WriteUInt64LittleEndian(nonce.AsSpan(4), packet.Counter);
            var sealedText = Sealed.AsSpan(packet.Destination, packet.PaddedLength + 16);
            ChaCha20Poly1305.Seal(Key, nonce, [], text, sealedText, VectorWidth.Scalar);
            sealedText.CopyTo(Opened.AsSpan(packet.Destination));
            text.CopyTo(Opened, packet.Destination);
        }
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
