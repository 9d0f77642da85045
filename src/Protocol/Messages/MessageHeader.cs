using System;
using System.Buffers.Binary;

namespace Warren.Protocol.Messages;

/// <summary>What may be read of a datagram before any cryptography: its type and the fields sent in the clear.</summary>
/// <remarks>Offsets: sender index 4 in an initiation and a response; receiver index 8 in a response, 4 in a cookie reply and
/// a transport message; counter 8 in a transport message. All little-endian (§5.4).</remarks>
public static class MessageHeader
{
    /// <summary>The type, when the type word and the size belong together; else <see cref="MessageType.Invalid"/>.</summary>
    public static MessageType Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < MessageSize.Keepalive)
            return MessageType.Invalid;
        return BinaryPrimitives.ReadUInt32LittleEndian(datagram) switch
        {
            (uint)MessageType.Transport => MessageType.Transport,
            (uint)MessageType.Initiation when datagram.Length == MessageSize.Initiation => MessageType.Initiation,
            (uint)MessageType.Response when datagram.Length == MessageSize.Response => MessageType.Response,
            (uint)MessageType.CookieReply when datagram.Length == MessageSize.CookieReply => MessageType.CookieReply,
            _ => MessageType.Invalid,
        };
    }

    /// <summary>The index its sender gave to this handshake. Only of an initiation or a response.</summary>
    public static uint SenderIndex(ReadOnlySpan<byte> datagram) => BinaryPrimitives.ReadUInt32LittleEndian(datagram[4..]);

    /// <summary>The index its receiver gave to the handshake or session. Of any message but an initiation.</summary>
    public static uint ReceiverIndex(ReadOnlySpan<byte> datagram) => BinaryPrimitives.ReadUInt32LittleEndian(
        datagram[0] == (byte)MessageType.Response ? datagram[8..] : datagram[4..]);

    /// <summary>A transport message's counter.</summary>
    public static ulong Counter(ReadOnlySpan<byte> datagram) => BinaryPrimitives.ReadUInt64LittleEndian(datagram[8..]);

    /// <summary>§5.4.6: the length of a packet once padded with zeros to a multiple of 16, never past the tunnel's MTU
    /// (which is then not a multiple of 16). An MTU of 0 means unknown: no limit.</summary>
    public static int PaddedLength(int plaintextLength, int mtu)
    {
        var rest = mtu > 0 && plaintextLength > mtu ? plaintextLength % mtu : plaintextLength;
        var padded = (rest + Constants.PaddingMultiple - 1) & -Constants.PaddingMultiple;
        if (mtu > 0)
            padded = Math.Min(padded, mtu);
        return plaintextLength - rest + padded;
    }

    /// <summary>The length of the datagram that carries a packet: header, padded packet, tag.</summary>
    public static int SealedLength(int plaintextLength, int mtu) =>
        MessageSize.TransportHeader + PaddedLength(plaintextLength, mtu) + MessageSize.Tag;

    /// <summary>Writes a transport header.</summary>
    internal static void WriteTransport(Span<byte> datagram, uint receiverIndex, ulong counter)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(datagram, (uint)MessageType.Transport);
        BinaryPrimitives.WriteUInt32LittleEndian(datagram[4..], receiverIndex);
        BinaryPrimitives.WriteUInt64LittleEndian(datagram[8..], counter);
    }
}
