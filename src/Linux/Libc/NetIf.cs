using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>net/if.h</summary>
[Header("net/if.h")]
internal static class NetIf
{
    public const int IFNAMSIZ = 16;
    public const int IFF_UP = 1;
    public const int IFF_RUNNING = 0x40;
    public const int IFF_POINTOPOINT = 0x10;
    public const int IFF_NOARP = 0x80;
}

/// <summary>An interface's name, padded with zeros.</summary>
[InlineArray(NetIf.IFNAMSIZ)]
internal struct ifname
{
    private byte first;
}

[Header("net/if.h")]
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct ifreq
{
    [FieldOffset(0)] public ifname ifr_name;
    [FieldOffset(16)] public short ifr_flags;
    [FieldOffset(16)] public int ifr_ifindex;
    [FieldOffset(16)] public int ifr_mtu;
    [FieldOffset(16)] public int ifr_qlen;
}
