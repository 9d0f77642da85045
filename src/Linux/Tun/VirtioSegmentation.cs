namespace Warren.Linux.Tun;

/// <summary>How a packet of a TUN is cut into segments (VIRTIO_NET_HDR_GSO_…); other values are a kernel's that we did not ask for.</summary>
public enum VirtioSegmentation : byte
{
    /// <summary>It is one packet.</summary>
    None = 0,

    /// <summary>TCP over IPv4.</summary>
    Tcp4 = 1,

    /// <summary>TCP over IPv6.</summary>
    Tcp6 = 4,

    /// <summary>UDP, either family: each segment a datagram.</summary>
    Udp = 5,

    /// <summary>Beside the others: the first segment alone carries CWR (RFC 3168 §6.1.2).</summary>
    Ecn = 0x80,
}
