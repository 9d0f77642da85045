using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>netinet/in.h</summary>
[Header("netinet/in.h")]
internal static class NetinetIn
{
    public const int IPPROTO_IP = 0;
    public const int IPPROTO_UDP = 17;
    public const int IPPROTO_IPV6 = 41;
    public const int IP_PKTINFO = 8;
    public const int IP_MTU_DISCOVER = 10;
    public const int IP_PMTUDISC_DONT = 0;
    public const int IPV6_V6ONLY = 26;
    public const int IPV6_RECVPKTINFO = 49;
    public const int IPV6_PKTINFO = 50;
}

[InlineArray(16)]
internal struct in6_addr
{
    private byte first;
}

[Header("netinet/in.h")]
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct sockaddr_in
{
    public ushort sin_family;
    public ushort sin_port;
    public uint sin_addr;
}

[Header("netinet/in.h")]
internal struct sockaddr_in6
{
    public ushort sin6_family;
    public ushort sin6_port;
    public uint sin6_flowinfo;
    public in6_addr sin6_addr;
    public uint sin6_scope_id;
}

[Header("netinet/in.h")]
internal struct in_pktinfo
{
    public int ipi_ifindex;
    public uint ipi_spec_dst;
    public uint ipi_addr;
}

[Header("netinet/in.h")]
internal struct in6_pktinfo
{
    public in6_addr ipi6_addr;
    public uint ipi6_ifindex;
}
