using System;

namespace Warren.Linux.Udp;

/// <summary>What a UDP socket and the kernel leave to one another.</summary>
[Flags]
public enum UdpOffloads
{
    /// <summary>A datagram a message.</summary>
    None = 0,

    /// <summary>One message may carry many datagrams of one size, the last perhaps shorter, which the kernel or the card cuts
    /// (UDP_SEGMENT, since Linux 4.18).</summary>
    Segmentation = 1,

    /// <summary>One message may bring many such datagrams (UDP_GRO, since Linux 5.0).</summary>
    Receive = 2,

    /// <summary>Everything.</summary>
    All = Segmentation | Receive,
}
