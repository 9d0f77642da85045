namespace Warren.Linux.Libc;

/// <summary>linux/virtio_net.h</summary>
[Header("linux/virtio_net.h")]
internal static class LinuxVirtioNet
{
    public const byte VIRTIO_NET_HDR_F_NEEDS_CSUM = 1;
}

[Header("linux/virtio_net.h")]
internal struct virtio_net_hdr
{
    public byte flags;
    public byte gso_type;
    public ushort hdr_len;
    public ushort gso_size;
    public ushort csum_start;
    public ushort csum_offset;
}
