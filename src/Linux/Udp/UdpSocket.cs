using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Threading;
using Warren.Linux.Libc;

namespace Warren.Linux.Udp;

/// <summary>A nonblocking UDP socket of one family that moves datagrams in batches and knows which local address each came to.</summary>
/// <remarks>One thread receives and one sends at a time; the two may run at once. The other members may be called by any thread.</remarks>
public sealed unsafe class UdpSocket : IDisposable
{
    /// <summary>What the kernel keeps in each direction when it allows (wireguard-go's socketBufferSize): 7 MB ride out a scheduling pause at 10 Gbit/s.</summary>
    public const int BufferSize = 7 << 20;

    private readonly OwnedDescriptor _socket;
    private long _ignoredErrors;

    private UdpSocket(OwnedDescriptor socket, bool ipv6)
    {
        _socket = socket;
        IsIPv6 = ipv6;
    }

    /// <summary>What to give to a poller; owned by this object.</summary>
    public int Descriptor => _socket.Number;

    /// <summary>The port it is bound to.</summary>
    public ushort LocalPort { get; private set; }

    /// <summary>Whether it carries IPv6 (and nothing else) or IPv4.</summary>
    public bool IsIPv6 { get; }

    /// <summary>What the kernel agreed to; less after <see cref="GiveUpSegmentation"/>.</summary>
    public UdpOffloads Offloads { get; private set; }

    /// <summary>For tests: offloads that the kernel is made to refuse to sockets bound by this thread.</summary>
    [field: ThreadStatic]
    internal static UdpOffloads Refused { get; set; }

    /// <summary>For tests: what the kernel is made to answer to the next sends.</summary>
    internal FaultPlan? SendFaults { get; set; }

    /// <summary>Errors that ICMP or a firewall left on the socket and that <see cref="Receive"/> passed over.</summary>
    public long IgnoredErrors => Volatile.Read(ref _ignoredErrors);

    /// <summary>Opens and binds a socket.</summary>
    /// <param name="ipv6">IPv6 only, or IPv4 only.</param>
    /// <param name="address">Local address, 4 or 16 bytes; empty: any.</param>
    /// <param name="port">Local port; 0: the kernel picks one.</param>
    /// <param name="fwmark">Mark on every datagram sent; 0: none. Needs CAP_NET_ADMIN when not 0.</param>
    /// <param name="reusePort">Share the port with the caller's other sockets, which the kernel then spreads flows over.</param>
    /// <param name="wanted">What to ask the kernel for; default nothing.</param>
    /// <exception cref="LinuxException">EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT without IPv6, EPERM for a mark, …</exception>
    public static UdpSocket Bind(
        bool ipv6, ReadOnlySpan<byte> address, ushort port, uint fwmark, bool reusePort, UdpOffloads wanted = UdpOffloads.None)
    {
        int expected = ipv6 ? 16 : 4;
        if (address.Length != 0 && address.Length != expected)
            throw new ArgumentException($"The family's addresses have {expected} bytes.", nameof(address));

        int family = ipv6 ? SysSocket.AF_INET6 : SysSocket.AF_INET;
        int type = SysSocket.SOCK_DGRAM | SysSocket.SOCK_CLOEXEC | SysSocket.SOCK_NONBLOCK;
        OwnedDescriptor socket = SysSocket.socket(family, type, 0).OrThrow("open a UDP socket");
        try
        {
            var made = new UdpSocket(socket, ipv6);
            made.SetOptions(reusePort);
            made.Offloads = made.Negotiate(wanted & ~Refused);
            if (fwmark != 0) made.SetMark(fwmark);
            made.BindTo(address, port);
            return made;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Puts <paramref name="fwmark"/> on every datagram sent from now on; 0 removes it.</summary>
    public void SetMark(uint fwmark) =>
        SysSocket.Set(_socket, SysSocket.SOL_SOCKET, SysSocket.SO_MARK, (int)fwmark, "set the mark of a UDP socket");

    /// <summary>Takes what has arrived, up to the batch's capacity, without blocking.</summary>
    /// <returns>How many messages the batch now holds; 0: nothing is there.</returns>
    /// <exception cref="LinuxException">The socket is dead; errors that came from the network are counted and passed over.</exception>
    /// <param name="batch">Where to.</param>
    /// <param name="limit">Messages at most; default as many as the batch has room for.</param>
    public int Receive(ReceiveBatch batch, int limit = int.MaxValue)
    {
        limit = Math.Min(limit, batch.Capacity);

        // SAFETY: the batch owns its headers and all they point to, and keeps them in place for the length of the call.
        mmsghdr* headers = batch.Rearm();
        int count;
        for (int attempt = 0; ; attempt++)
        {
            count = SysSocket.recvmmsg(_socket, headers, (uint)limit, SysSocket.MSG_DONTWAIT, null);
            if (count >= 0) break;
            var error = (Errno)Marshal.GetLastPInvokeError();
            if (error == Errno.EAGAIN) return 0;
            if (error == Errno.EINTR) continue;
            if (!SendError.ConcernsOneDatagram(error)) throw new LinuxException(error, "receive from a UDP socket");
            Interlocked.Increment(ref _ignoredErrors);

            // Reading an error clears it; should one stay, the poller reports the socket again.
            if (attempt == batch.Capacity) return 0;
        }

        batch.Filled(count);
        GC.KeepAlive(batch);
        return count;
    }

    /// <summary>Sends datagrams <paramref name="from"/> to the end, in order, in one system call.</summary>
    /// <param name="batch">The datagrams; unchanged.</param>
    /// <param name="from">Index of the first to send; may equal the count.</param>
    /// <param name="error">
    /// Why datagram <paramref name="from"/> was not accepted, when none was: EAGAIN until the socket is writable again, else what
    /// <see cref="SendError"/> makes of it. None when at least one was accepted.
    /// </param>
    /// <returns>
    /// How many messages were accepted. Fewer than all: call again with <paramref name="from"/> advanced, and the reason comes then. After an error
    /// about one datagram the caller goes on behind it: nothing else is lost.
    /// </returns>
    public int Send(SendBatch batch, int from, out Errno error)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (from == batch.Count)
        {
            error = Errno.None;
            return 0;
        }

        int until = batch.Count;
        int sent = SendMessages(batch.Seal(from, until), until - from, out error);
        batch.Unseal(from, until);
        GC.KeepAlive(batch);
        return sent;
    }

    /// <summary>Sends the datagrams of one message by themselves, from datagram <paramref name="from"/> on: for a message whose segmentation was refused.</summary>
    /// <param name="batch">The message's.</param>
    /// <param name="message">Its index.</param>
    /// <param name="from">Index of the first datagram to send.</param>
    /// <param name="error">As of <see cref="Send(SendBatch, int, out Errno)"/>, about datagram <paramref name="from"/>.</param>
    /// <returns>How many datagrams were accepted.</returns>
    public int SendSplit(SendBatch batch, int message, int from, out Errno error)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int sent = SendMessages(batch.Split(message, from, out int count), count, out error);
        GC.KeepAlive(batch);
        return sent;
    }

    /// <summary>Asks for <see cref="UdpOffloads.Segmentation"/> no more: the way out cannot do it.</summary>
    public void GiveUpSegmentation() => Offloads &= ~UdpOffloads.Segmentation;

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private int SendMessages(mmsghdr* headers, int count, out Errno error)
    {
        error = SendFaults?.Next() ?? Errno.None;
        if (error != Errno.None) return 0;

        // SAFETY: the batch owns its headers and all they point to, and keeps them in place for the length of the call.
        int sent;
        while ((sent = SysSocket.sendmmsg(_socket, headers, (uint)count, SysSocket.MSG_DONTWAIT)) < 0)
        {
            error = (Errno)Marshal.GetLastPInvokeError();
            if (error != Errno.EINTR) return 0;
            error = Errno.None;
        }

        return sent;
    }

    private UdpOffloads Negotiate(UdpOffloads wanted)
    {
        UdpOffloads agreed = UdpOffloads.None;

        // A segment size of 0 is no segmentation: a kernel that knows the option takes it.
        if (wanted.HasFlag(UdpOffloads.Segmentation) && SysSocket.TrySet(_socket, NetinetUdp.SOL_UDP, NetinetUdp.UDP_SEGMENT, 0))
            agreed |= UdpOffloads.Segmentation;

        // Coalescing for plain sockets was young and faulty before 5.12, which cannot even be asked whether it is on; wireguard-go (c92064f)
        // draws the same line.
        if (wanted.HasFlag(UdpOffloads.Receive) && OperatingSystem.IsLinux() && Environment.OSVersion.Version >= new Version(5, 12)
            && SysSocket.TrySet(_socket, NetinetUdp.SOL_UDP, NetinetUdp.UDP_GRO, 1))
            agreed |= UdpOffloads.Receive;
        return agreed;
    }

    private void SetOptions(bool reusePort)
    {
        const string Operation = "prepare a UDP socket";
        if (IsIPv6)
        {
            SysSocket.Set(_socket, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_V6ONLY, 1, Operation);
            SysSocket.Set(_socket, NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVPKTINFO, 1, Operation);
        }
        else
        {
            SysSocket.Set(_socket, NetinetIn.IPPROTO_IP, NetinetIn.IP_PKTINFO, 1, Operation);

            // The kernel's WireGuard sends without DF (send4 of drivers/net/wireguard/socket.c passes df = 0 and sets ignore_df), so that a
            // path with a smaller MTU fragments the tunnel's packets instead of swallowing them; wireguard-go sets nothing and so sends DF.
            SysSocket.Set(_socket, NetinetIn.IPPROTO_IP, NetinetIn.IP_MTU_DISCOVER, NetinetIn.IP_PMTUDISC_DONT, Operation);
        }

        if (reusePort) SysSocket.Set(_socket, SysSocket.SOL_SOCKET, SysSocket.SO_REUSEPORT, 1, Operation);
        EnlargeBuffer(SysSocket.SO_RCVBUFFORCE, SysSocket.SO_RCVBUF);
        EnlargeBuffer(SysSocket.SO_SNDBUFFORCE, SysSocket.SO_SNDBUF);
    }

    // FORCE needs CAP_NET_ADMIN; the plain option takes what net.core.[rw]mem_max allows and does not fail.
    private void EnlargeBuffer(int force, int plain)
    {
        if (!SysSocket.TrySet(_socket, SysSocket.SOL_SOCKET, force, BufferSize))
            SysSocket.Set(_socket, SysSocket.SOL_SOCKET, plain, BufferSize, "enlarge the buffers of a UDP socket");
    }

    private void BindTo(ReadOnlySpan<byte> address, ushort port)
    {
        // SAFETY: one structure on this stack, large enough for both families; the kernel reads and writes at most `length` bytes.
        sockaddr_in6 name = default;
        var name4 = (sockaddr_in*)&name;
        uint length = (uint)(IsIPv6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in));
        name.sin6_family = (ushort)(IsIPv6 ? SysSocket.AF_INET6 : SysSocket.AF_INET);
        name.sin6_port = BinaryPrimitives.ReverseEndianness(port);
        address.CopyTo(IsIPv6 ? new Span<byte>(&name.sin6_addr, 16) : new Span<byte>(&name4->sin_addr, 4));
        if (SysSocket.bind(_socket, &name, length) != 0) throw LinuxException.Last($"bind a UDP socket to port {port}");
        if (SysSocket.getsockname(_socket, &name, &length) != 0) throw LinuxException.Last("name a UDP socket");
        LocalPort = BinaryPrimitives.ReverseEndianness(name.sin6_port);
    }
}
