using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Warren.Linux.Tun;

namespace Warren.Engine.Tests.Offload;

/// <summary>A packet of TCP or UDP by its fields, laid out byte by byte with the naive checksum: what cutting and joining are held against.</summary>
internal sealed record TestPacket
{
    public const byte Tcp = 6, Udp = 17;
    public const byte Fin = 0x01, Syn = 0x02, Rst = 0x04, Psh = 0x08, Ack = 0x10, Urg = 0x20, Ece = 0x40, Cwr = 0x80;

    public bool IsIPv6 { get; init; }

    public byte Protocol { get; init; } = Tcp;

    /// <summary>The last byte of each address.</summary>
    public (byte Source, byte Destination) Hosts { get; init; } = (1, 2);

    public (ushort Source, ushort Destination) Ports { get; init; } = (40000, 5001);

    public byte TrafficClass { get; init; }

    public byte HopLimit { get; init; } = 64;

    public uint FlowLabel { get; init; }

    public ushort Id { get; init; }

    public bool DontFragment { get; init; } = true;

    /// <summary>Of IPv4, a multiple of four.</summary>
    public byte[] IPOptions { get; init; } = [];

    /// <summary>Of IPv6: type and bytes of each header; the first two bytes are filled in.</summary>
    public (byte Type, byte[] Bytes)[] Extensions { get; init; } = [];

    /// <summary>The last byte of the address that the checksum is made for, where a routing header names another than the header.</summary>
    public byte? FinalHost { get; init; }

    public uint Sequence { get; init; } = 1000;

    public uint Acknowledgement { get; init; } = 77;

    public byte Flags { get; init; } = Ack;

    public ushort Window { get; init; } = 501;

    public ushort Urgent { get; init; }

    /// <summary>A multiple of four.</summary>
    public byte[] TcpOptions { get; init; } = [];

    public byte[] Payload { get; init; } = [];

    public int Transport => IsIPv6 ? 40 + Extensions.Sum(static extension => extension.Bytes.Length) : 20 + IPOptions.Length;

    public int HeaderLength => Transport + (Protocol == Tcp ? 20 + TcpOptions.Length : 8);

    public int ChecksumField => Transport + (Protocol == Tcp ? 16 : 6);

    /// <summary>The whole packet, every checksum right.</summary>
    public byte[] ToBytes()
    {
        var packet = Layout();
        var sum = (ushort)~NaiveChecksum.Sum(packet.AsSpan(Transport), PseudoHeader(packet));
        if (sum == 0 && Protocol == Udp)
            sum = 0xffff;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(ChecksumField), sum);
        return packet;
    }

    /// <summary>The packet as the kernel gives it to a TUN that does checksums: the sum of the pseudo-header in the field.</summary>
    public byte[] ToPartialBytes()
    {
        var packet = Layout();
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(ChecksumField), PseudoHeader(packet));
        return packet;
    }

    /// <summary>What stands before <see cref="ToPartialBytes"/>.</summary>
    public VirtioNetHeader Header(int segmentSize, bool ecn = false)
    {
        var segmentation = segmentSize == 0 ? VirtioSegmentation.None
            : Protocol == Udp ? VirtioSegmentation.Udp
            : IsIPv6 ? VirtioSegmentation.Tcp6
            : VirtioSegmentation.Tcp4;
        return new VirtioNetHeader(
            true, segmentation | (ecn ? VirtioSegmentation.Ecn : 0), (ushort)HeaderLength, (ushort)segmentSize, (ushort)Transport,
            (ushort)(ChecksumField - Transport));
    }

    /// <summary>The packets that it is cut into.</summary>
    public IEnumerable<TestPacket> Cut(int segmentSize)
    {
        for (var at = 0; at < Payload.Length; at += segmentSize)
        {
            var isLast = at + segmentSize >= Payload.Length;
            yield return this with
            {
                Payload = Payload[at..Math.Min(Payload.Length, at + segmentSize)],
                Sequence = Sequence + (uint)at,
                Id = (ushort)(Id + (at / segmentSize)),
                Flags = (byte)(Flags & ~(at > 0 ? Cwr : 0) & ~(isLast ? 0 : Fin | Psh)),
            };
        }
    }

    private ushort PseudoHeader(byte[] packet)
    {
        var length = packet.Length - Transport;
        if (FinalHost is not { } host)
            return NaiveChecksum.PseudoHeader(packet, Protocol, length);
        var final = packet.ToArray();
        final[39] = host;
        return NaiveChecksum.PseudoHeader(final, Protocol, length);
    }

    private byte[] Layout()
    {
        var packet = new byte[HeaderLength + Payload.Length];
        if (IsIPv6)
            LayoutIPv6(packet);
        else
            LayoutIPv4(packet);
        var header = packet.AsSpan(Transport);
        BinaryPrimitives.WriteUInt16BigEndian(header, Ports.Source);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], Ports.Destination);
        if (Protocol == Udp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(8 + Payload.Length));
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(header[4..], Sequence);
            BinaryPrimitives.WriteUInt32BigEndian(header[8..], Acknowledgement);
            header[12] = (byte)((20 + TcpOptions.Length) / 4 << 4);
            header[13] = Flags;
            BinaryPrimitives.WriteUInt16BigEndian(header[14..], Window);
            BinaryPrimitives.WriteUInt16BigEndian(header[18..], Urgent);
            TcpOptions.CopyTo(header[20..]);
        }

        Payload.CopyTo(packet, HeaderLength);
        return packet;
    }

    private void LayoutIPv4(Span<byte> packet)
    {
        packet[0] = (byte)(0x40 | (Transport / 4));
        packet[1] = TrafficClass;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], Id);
        packet[6] = (byte)(DontFragment ? 0x40 : 0);
        packet[8] = HopLimit;
        packet[9] = Protocol;
        ((ReadOnlySpan<byte>)[10, 9, 0, Hosts.Source, 10, 9, 0, Hosts.Destination]).CopyTo(packet[12..]);
        IPOptions.CopyTo(packet[20..]);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], (ushort)~NaiveChecksum.Sum(packet[..Transport]));
    }

    private void LayoutIPv6(Span<byte> packet)
    {
        BinaryPrimitives.WriteUInt32BigEndian(packet, 6u << 28 | (uint)TrafficClass << 20 | FlowLabel);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - 40));
        packet[6] = Extensions.Length > 0 ? Extensions[0].Type : Protocol;
        packet[7] = HopLimit;
        packet[8] = packet[24] = 0xfd;
        packet[23] = Hosts.Source;
        packet[39] = Hosts.Destination;
        var at = 40;
        for (var i = 0; i < Extensions.Length; i++)
        {
            var bytes = Extensions[i].Bytes;
            bytes.CopyTo(packet[at..]);
            packet[at] = i + 1 < Extensions.Length ? Extensions[i + 1].Type : Protocol;
            packet[at + 1] = (byte)((bytes.Length / 8) - 1);
            at += bytes.Length;
        }
    }
}
