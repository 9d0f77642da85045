namespace Warren.Linux.Libc;

/// <summary>netinet/udp.h</summary>
[Header("netinet/udp.h")]
internal static class NetinetUdp
{
    public const int SOL_UDP = 17;
    public const int UDP_SEGMENT = 103;
    public const int UDP_GRO = 104;
}
