namespace Warren.Linux.Libc;

/// <summary>linux/if_tun.h</summary>
[Header("sys/ioctl.h")]
[Header("linux/if_tun.h")]
internal static class LinuxIfTun
{
    public const int IFF_TUN = 0x0001;
    public const int IFF_MULTI_QUEUE = 0x0100;
    public const int IFF_NO_PI = 0x1000;
    public const int IFF_VNET_HDR = 0x4000;
    public const int IFF_TUN_EXCL = 0x8000;
    public const uint TUN_F_CSUM = 0x01;
    public const uint TUN_F_TSO4 = 0x02;
    public const uint TUN_F_TSO6 = 0x04;
    public const uint TUN_F_TSO_ECN = 0x08;
    public const uint TUNSETIFF = 0x400454ca;
    public const uint TUNGETIFF = 0x800454d2;
    public const uint TUNSETOFFLOAD = 0x400454d0;
    public const uint TUNSETVNETHDRSZ = 0x400454d8;
}
