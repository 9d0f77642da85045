using System;
using System.Buffers.Binary;
using Warren.Linux.Libc;

namespace Warren.Linux.Udp;

/// <summary>Datagrams gathered for <see cref="UdpSocket.Send"/>, each with its destination and, where wanted, the local address to leave from.</summary>
/// <remarks>Owned by one thread. Write a datagram into <see cref="Slot"/>, then <see cref="Add"/> it.</remarks>
public sealed unsafe class SendBatch : IDisposable
{
    private readonly MessageBlock _block;

    /// <summary>Makes <paramref name="capacity"/> slots of <paramref name="slotSize"/> bytes.</summary>
    public SendBatch(int capacity, int slotSize) => _block = new MessageBlock(capacity, slotSize);

    /// <summary>How many slots there are.</summary>
    public int Capacity => _block.Capacity;

    /// <summary>How many datagrams were added since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Whether every slot is taken.</summary>
    public bool IsFull => Count == _block.Capacity;

    /// <summary>The next free slot, whole; throws when <see cref="IsFull"/>.</summary>
    public Span<byte> Slot => _block.Slot(Count);

    /// <summary>Takes the first <paramref name="length"/> bytes of <see cref="Slot"/> as a datagram.</summary>
    /// <param name="length">0 up to the slot's size.</param>
    /// <param name="address">Destination: 4 or 16 bytes, of the socket's family.</param>
    /// <param name="port">Destination port.</param>
    /// <param name="scopeId">Interface of a link-local IPv6 destination, else 0.</param>
    /// <param name="localAddress">Address to leave from, of the same family; empty: the kernel's choice.</param>
    /// <param name="interfaceIndex">Interface to leave by; 0: the routing table's choice.</param>
    public void Add(
        int length, ReadOnlySpan<byte> address, ushort port, uint scopeId, ReadOnlySpan<byte> localAddress, int interfaceIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_block.SlotSize);
        if (address.Length is not (4 or 16)) throw new ArgumentException("An address has 4 or 16 bytes.", nameof(address));
        if (localAddress.Length != 0 && localAddress.Length != address.Length)
            throw new ArgumentException("Of another family than the destination.", nameof(localAddress));

        // SAFETY: Header, Name and Control check the index; their areas are larger than what is written.
        mmsghdr* message = _block.Header(Count);
        byte* name = _block.Name(Count);
        ushort networkPort = BinaryPrimitives.ReverseEndianness(port);
        if (address.Length == 4)
        {
            message->msg_hdr.msg_namelen = (uint)sizeof(sockaddr_in);
            *(sockaddr_in*)name = new sockaddr_in { sin_family = SysSocket.AF_INET, sin_port = networkPort };
            address.CopyTo(new Span<byte>(&((sockaddr_in*)name)->sin_addr, 4));
        }
        else
        {
            message->msg_hdr.msg_namelen = (uint)sizeof(sockaddr_in6);
            *(sockaddr_in6*)name = new sockaddr_in6
            {
                sin6_family = SysSocket.AF_INET6, sin6_port = networkPort, sin6_scope_id = scopeId,
            };
            address.CopyTo(new Span<byte>(&((sockaddr_in6*)name)->sin6_addr, 16));
        }

        message->msg_hdr.msg_iov->iov_len = (nuint)length;
        message->msg_hdr.msg_controllen = localAddress.Length == 0 && interfaceIndex == 0
            ? 0
            : (nuint)WritePacketInfo(_block.Control(Count), address.Length == 16, localAddress, interfaceIndex);
        Count++;
    }

    /// <summary>Datagram <paramref name="i"/> as added.</summary>
    public ReadOnlySpan<byte> Datagram(int i) => _block.Slot(i)[..(int)Added(i)->msg_hdr.msg_iov->iov_len];

    /// <summary>Whether datagram <paramref name="i"/> asks for a local address or interface.</summary>
    public bool HasLocal(int i) => Added(i)->msg_hdr.msg_controllen != 0;

    /// <summary>Leaves the local address of datagram <paramref name="i"/> to the kernel, after <see cref="SendError.IsStaleSource"/>.</summary>
    public void ForgetLocal(int i) => Added(i)->msg_hdr.msg_controllen = 0;

    /// <summary>Empties the batch for the next use.</summary>
    public void Clear() => Count = 0;

    /// <summary>Frees the slots.</summary>
    public void Dispose() => _block.Dispose();

    /// <summary>The headers from datagram <paramref name="from"/> on.</summary>
    internal mmsghdr* From(int from) => Added(from);

    private static int WritePacketInfo(byte* control, bool ipv6, ReadOnlySpan<byte> local, int interfaceIndex)
    {
        // SAFETY: the larger of the two is 16 + 20 bytes, padded to 40; the control area has 128.
        var header = (cmsghdr*)control;
        if (!ipv6)
        {
            var info = new in_pktinfo { ipi_ifindex = interfaceIndex };
            local.CopyTo(new Span<byte>(&info.ipi_spec_dst, 4));
            *(in_pktinfo*)(control + MessageBlock.ControlHeaderSize) = info;
            header->cmsg_level = NetinetIn.IPPROTO_IP;
            header->cmsg_type = NetinetIn.IP_PKTINFO;
            header->cmsg_len = (nuint)(MessageBlock.ControlHeaderSize + sizeof(in_pktinfo));
            return 32;
        }

        var info6 = new in6_pktinfo { ipi6_ifindex = (uint)interfaceIndex };
        local.CopyTo(new Span<byte>(&info6.ipi6_addr, 16));
        *(in6_pktinfo*)(control + MessageBlock.ControlHeaderSize) = info6;
        header->cmsg_level = NetinetIn.IPPROTO_IPV6;
        header->cmsg_type = NetinetIn.IPV6_PKTINFO;
        header->cmsg_len = (nuint)(MessageBlock.ControlHeaderSize + sizeof(in6_pktinfo));
        return 40;
    }

    private mmsghdr* Added(int i)
    {
        if ((uint)i >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(i));
        return _block.Header(i);
    }
}
