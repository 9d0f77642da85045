using System;

namespace Warren.Linux.Tun;

/// <summary>What a TUN and the kernel leave to one another: asked for when the device is opened, and what the kernel agreed to.</summary>
/// <remarks>TUNSETOFFLOAD of drivers/net/tun.c; each needs those before it.</remarks>
[Flags]
public enum TunOffloads
{
    /// <summary>Whole packets with every checksum done, nothing before them.</summary>
    None = 0,

    /// <summary>A <see cref="VirtioNetHeader"/> stands before each packet, both ways (IFF_VNET_HDR).</summary>
    VnetHeader = 1,

    /// <summary>Packets may come without their transport checksum (TUN_F_CSUM).</summary>
    Checksum = 2,

    /// <summary>TCP packets may come and go as super-packets of up to 64 KiB (TUN_F_TSO4, TUN_F_TSO6, and TUN_F_TSO_ECN:
    /// CWR is no reason to cut them).</summary>
    Tcp = 4,

    /// <summary>UDP packets too (TUN_F_USO4, TUN_F_USO6; since Linux 6.2).</summary>
    Udp = 8,

    /// <summary>Everything.</summary>
    All = VnetHeader | Checksum | Tcp | Udp,
}
