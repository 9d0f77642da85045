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
}
