namespace Warren.Linux.Udp;

/// <summary>What a refused datagram means for the one who sent it.</summary>
public static class SendError
{
    /// <summary>
    /// Whether the remembered local address or interface may be what is wrong: it went away with its link (ENODEV), was removed
    /// (EADDRNOTAVAIL), or is not ours or not usable towards this destination (EINVAL before Linux 6.18, ENETUNREACH since, from
    /// ip_route_output_key_hash). Where <see cref="SendBatch.HasLocal"/>, forget it with <see cref="SendBatch.ForgetLocal"/> and send again.
    /// </summary>
    public static bool IsStaleSource(Errno error) =>
        error is Errno.EINVAL or Errno.ENODEV or Errno.EADDRNOTAVAIL or Errno.ENETUNREACH;

    /// <summary>
    /// Whether the way out can do no segmentation at all: udp_send_skb of net/ipv4/udp.c answers EIO where checksums are not offloaded or a
    /// transformation lies in the way. <see cref="UdpSocket.GiveUpSegmentation"/>, and send the datagrams by themselves.
    /// </summary>
    public static bool RefusesSegmentation(Errno error) => error == Errno.EIO;

    /// <summary>
    /// Whether a message of several datagrams may be refused only because they are several: too large for the way's MTU, which a single one
    /// may be fragmented to (EINVAL; EMSGSIZE since Linux 6.10), or for the memory at hand. Send them by themselves.
    /// </summary>
    public static bool MayPassSplit(Errno error) => error is Errno.EINVAL or Errno.EMSGSIZE or Errno.ENOBUFS or Errno.ENOMEM or Errno.EIO;

    /// <summary>
    /// Whether the network, a firewall or lack of memory refused this one datagram while the socket itself is sound: count it, and go on
    /// with the next (icmp_err_convert and icmpv6_err_convert of net/ipv4/icmp.c and net/ipv6/icmp.c; netfilter drops give EPERM).
    /// </summary>
    public static bool ConcernsOneDatagram(Errno error) => error is
        Errno.ECONNREFUSED or Errno.EHOSTUNREACH or Errno.ENETUNREACH or Errno.EHOSTDOWN or Errno.ENETDOWN or Errno.ENONET
        or Errno.EPERM or Errno.EACCES or Errno.ENOPROTOOPT or Errno.EPROTO or Errno.EOPNOTSUPP or Errno.EMSGSIZE
        or Errno.ENOBUFS or Errno.ENOMEM or Errno.EINVAL or Errno.ENODEV or Errno.EADDRNOTAVAIL or Errno.EAFNOSUPPORT
        or Errno.EIO or Errno.ENXIO or Errno.ETIMEDOUT;
}
