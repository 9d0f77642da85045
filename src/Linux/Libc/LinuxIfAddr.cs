namespace Warren.Linux.Libc;

/// <summary>linux/if_addr.h</summary>
[Header("linux/if_addr.h")]
internal static class LinuxIfAddr
{
    public const ushort IFA_ADDRESS = 1;
    public const ushort IFA_LOCAL = 2;
    public const ushort IFA_FLAGS = 8;
    public const uint IFA_F_NODAD = 0x2;
    public const uint IFA_F_PERMANENT = 0x80;
}

[Header("linux/if_addr.h")]
internal struct ifaddrmsg
{
    public byte ifa_family;
    public byte ifa_prefixlen;
    public byte ifa_flags;
    public byte ifa_scope;
    public uint ifa_index;
}
