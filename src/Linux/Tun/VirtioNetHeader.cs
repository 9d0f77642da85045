using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Tun;

/// <summary>What stands before each packet of a TUN with <see cref="TunOffloads.VnetHeader"/>: how it is to be cut, and which checksum is left to do.</summary>
/// <param name="NeedsChecksum">The checksum at start and offset holds only the sum of the pseudo-header.</param>
/// <param name="Segmentation">How the packet is cut.</param>
/// <param name="HeaderLength">Bytes of headers before what is cut; a hint, not to be trusted.</param>
/// <param name="SegmentSize">Payload bytes of each segment but the last.</param>
/// <param name="ChecksumStart">Where in the packet summing begins: its transport header.</param>
/// <param name="ChecksumOffset">Where from there the checksum stands.</param>
public readonly record struct VirtioNetHeader(
    bool NeedsChecksum, VirtioSegmentation Segmentation, ushort HeaderLength, ushort SegmentSize, ushort ChecksumStart, ushort ChecksumOffset)
{
    /// <summary>Bytes of the header (sizeof(struct virtio_net_hdr)).</summary>
    public const int Size = 10;

    /// <summary>Reads one; its numbers are in the machine's byte order.</summary>
    /// <exception cref="ArgumentException">Fewer than <see cref="Size"/> bytes.</exception>
    public static VirtioNetHeader Read(ReadOnlySpan<byte> bytes)
    {
        var raw = MemoryMarshal.Read<virtio_net_hdr>(bytes);
        return new VirtioNetHeader(
            (raw.flags & LinuxVirtioNet.VIRTIO_NET_HDR_F_NEEDS_CSUM) != 0, (VirtioSegmentation)raw.gso_type, raw.hdr_len, raw.gso_size,
            raw.csum_start, raw.csum_offset);
    }

    /// <summary>Writes it to the first <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">Fewer than <see cref="Size"/> bytes.</exception>
    public void Write(Span<byte> bytes)
    {
        var raw = new virtio_net_hdr
        {
            flags = NeedsChecksum ? LinuxVirtioNet.VIRTIO_NET_HDR_F_NEEDS_CSUM : (byte)0,
            gso_type = (byte)Segmentation,
            hdr_len = HeaderLength,
            gso_size = SegmentSize,
            csum_start = ChecksumStart,
            csum_offset = ChecksumOffset,
        };
        MemoryMarshal.Write(bytes, raw);
    }
}
