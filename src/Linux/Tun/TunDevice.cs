using System;
using System.Collections.Generic;
using Warren.Linux.Libc;
using Warren.Linux.Netlink;
using Warren.Linux.Processes;

namespace Warren.Linux.Tun;

/// <summary>A TUN device: a network interface whose other end is this process.</summary>
/// <remarks>Made in the calling thread's network namespace; it lives until its last queue is closed.</remarks>
public sealed unsafe class TunDevice : IDisposable
{
    private const string CloneDevice = "/dev/net/tun";

    private readonly TunQueue[] _queues;

    // linux/if_tun.h, since Linux 6.2: younger than the headers of some systems we build on.
    private const uint TunUdpSegmentation4 = 0x20;
    private const uint TunUdpSegmentation6 = 0x40;

    private TunDevice(LinkState link, TunQueue[] queues, TunOffloads offloads, IReadOnlyList<string> unset)
    {
        Name = link.Name;
        Index = link.Index;
        Offloads = offloads;
        Unset = unset;
        _queues = queues;
    }

    /// <summary>The interface's name when it was opened; an operator may rename it.</summary>
    public string Name { get; }

    /// <summary>The interface's index, which stays.</summary>
    public int Index { get; }

    /// <summary>How many queues there are.</summary>
    public int QueueCount => _queues.Length;

    /// <summary>What the kernel agreed to, of what was asked for.</summary>
    public TunOffloads Offloads { get; }

    /// <summary>For tests: offloads that the kernel is made to refuse to devices opened by this thread.</summary>
    [field: ThreadStatic]
    internal static TunOffloads Refused { get; set; }

    /// <summary>Settings of the interface that this environment did not allow (a read-only /proc/sys), to be logged once.</summary>
    public IReadOnlyList<string> Unset { get; }

    /// <summary>A queue by its number, from 0.</summary>
    public TunQueue this[int queue] => _queues[queue];

    /// <summary>Makes a device, down and without addresses.</summary>
    /// <param name="name">At most 15 characters.</param>
    /// <param name="queues">How many queues.</param>
    /// <param name="mtu">Largest packet in bytes.</param>
    /// <exception cref="LinuxException">
    /// ENAMETOOLONG; EBUSY: an interface of that name exists; EPERM: no CAP_NET_ADMIN; ENOENT or ENODEV: no /dev/net/tun here.
    /// </exception>
    public static TunDevice Open(string name, int queues = 1, int mtu = 1420) =>
        Open(name, new TunOptions { Queues = queues, Mtu = mtu });

    /// <summary>Makes a device, down and without addresses.</summary>
    /// <inheritdoc cref="Open(string, int, int)"/>
    public static TunDevice Open(string name, TunOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Queues);
        var queues = new TunQueue[options.Queues];
        try
        {
            bool vnetHeader = options.Offloads.HasFlag(TunOffloads.VnetHeader) && !Refused.HasFlag(TunOffloads.VnetHeader);
            for (int i = 0; i < queues.Length; i++) queues[i] = Attach(ref name, first: i == 0, options.Queues > 1, vnetHeader);
            TunOffloads offloads = vnetHeader ? Negotiate(queues[0], options.Offloads) : TunOffloads.None;
            using var netlink = new RouteNetlink();
            netlink.SetLink(name, mtu: options.Mtu, txQueueLength: options.TransmitQueueLength);
            return new TunDevice(Find(netlink, name), queues, offloads, Silence(netlink, name));
        }
        catch
        {
            foreach (TunQueue? queue in queues) queue?.Dispose();
            throw;
        }
    }

    /// <summary>Takes over a TUN descriptor that somebody else opened and set up (WG_TUN_FD), and makes it nonblocking and close-on-exec.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="wanted">What to ask the kernel for; whether there is a header before packets was settled by whoever opened it.</param>
    /// <exception cref="LinuxException">EBADF: no descriptor; ENOTTY or EBADFD: no TUN behind it.</exception>
    public static TunDevice FromDescriptor(int fd, TunOffloads wanted = TunOffloads.None)
    {
        const string Operation = "use the given TUN descriptor";
        var descriptor = new OwnedDescriptor(fd);
        try
        {
            ifreq request = default;

            // SAFETY: the structure lives on this stack for the length of the call.
            if (SysIoctl.ioctl(descriptor, LinuxIfTun.TUNGETIFF, &request) != 0) throw LinuxException.Last(Operation);
            int flags = Fcntl.fcntl(descriptor, Fcntl.F_GETFL, 0);
            if (flags < 0
                || Fcntl.fcntl(descriptor, Fcntl.F_SETFL, flags | Fcntl.O_NONBLOCK) < 0
                || Fcntl.fcntl(descriptor, Fcntl.F_SETFD, Fcntl.FD_CLOEXEC) < 0)
            {
                throw LinuxException.Last(Operation);
            }

            var queue = new TunQueue(descriptor);
            TunOffloads offloads = TunOffloads.None;
            if ((request.ifr_flags & LinuxIfTun.IFF_VNET_HDR) != 0)
            {
                // Ten bytes, the default; whoever opened it may have asked for twelve.
                int size = VirtioNetHeader.Size;
                if (SysIoctl.ioctl(descriptor, LinuxIfTun.TUNSETVNETHDRSZ, &size) != 0) throw LinuxException.Last(Operation);
                offloads = Negotiate(queue, wanted | TunOffloads.VnetHeader);
            }

            using var netlink = new RouteNetlink();
            return new TunDevice(Find(netlink, InterfaceRequest.Name(request)), [queue], offloads, []);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Closes the queues, and with them the device.</summary>
    public void Dispose()
    {
        foreach (TunQueue queue in _queues) queue.Dispose();
    }

    /// <summary>Asks for what is wanted, then for less and less, until the kernel agrees.</summary>
    private static TunOffloads Negotiate(TunQueue queue, TunOffloads wanted)
    {
        foreach (TunOffloads candidate in (ReadOnlySpan<TunOffloads>)
            [TunOffloads.All, TunOffloads.All & ~TunOffloads.Udp, TunOffloads.VnetHeader | TunOffloads.Checksum])
        {
            TunOffloads asked = candidate & wanted;
            if (!asked.HasFlag(TunOffloads.Checksum) || (asked & Refused) != 0) continue;
            uint flags = LinuxIfTun.TUN_F_CSUM
                | (asked.HasFlag(TunOffloads.Tcp) ? LinuxIfTun.TUN_F_TSO4 | LinuxIfTun.TUN_F_TSO6 | LinuxIfTun.TUN_F_TSO_ECN : 0)
                | (asked.HasFlag(TunOffloads.Udp) ? TunUdpSegmentation4 | TunUdpSegmentation6 : 0);

            // SAFETY: the argument is a number, not an address.
            if (SysIoctl.ioctl(queue.Owned, LinuxIfTun.TUNSETOFFLOAD, (void*)flags) == 0) return asked;
        }

        return TunOffloads.VnetHeader;
    }

    private static TunQueue Attach(ref string name, bool first, bool several, bool vnetHeader)
    {
        string operation = $"make TUN device {name}";
        ifreq request = InterfaceRequest.Create(name, operation);
        OwnedDescriptor descriptor = Fcntl
            .open(CloneDevice, Fcntl.O_RDWR | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC, 0).OrThrow($"open {CloneDevice}");

        // TUN_EXCL: an existing device, even a persistent TUN that we could attach to, is EBUSY, as for the kernel's own links.
        request.ifr_flags = unchecked((short)(LinuxIfTun.IFF_TUN | LinuxIfTun.IFF_NO_PI
            | (several ? LinuxIfTun.IFF_MULTI_QUEUE : 0) | (vnetHeader ? LinuxIfTun.IFF_VNET_HDR : 0) | (first ? LinuxIfTun.IFF_TUN_EXCL : 0)));

        // SAFETY: the structure lives on this stack for the length of the call.
        if (SysIoctl.ioctl(descriptor, LinuxIfTun.TUNSETIFF, &request) != 0)
        {
            LinuxException error = LinuxException.Last(operation);
            descriptor.Dispose();

            // The name of a link that is no TUN gives EINVAL where a TUN's gives EBUSY: to the user both mean the name is taken.
            throw error.Errno == Errno.EINVAL && Exists(name) ? new LinuxException(Errno.EBUSY, operation) : error;
        }

        name = InterfaceRequest.Name(request);
        return new TunQueue(descriptor);
    }

    private static bool Exists(string name)
    {
        using var netlink = new RouteNetlink();
        return netlink.FindLink(name) is not null;
    }

    private static LinkState Find(RouteNetlink netlink, string name) =>
        netlink.FindLink(name) ?? throw new LinuxException(Errno.ENODEV, $"find interface {name}");

    /// <summary>
    /// What wg_open of the kernel's drivers/net/wireguard/device.c does: a tunnel has no link-local address, solicits no router and
    /// sends no redirects (for which the namespace's `all` switch counts too). IPv6 may be absent: then there is nothing to silence.
    /// </summary>
    private static List<string> Silence(RouteNetlink netlink, string name)
    {
        var unset = new List<string>();
        try
        {
            netlink.SetLink(name, addrGenModeNone: true);
        }
        catch (LinuxException error) when (error.Errno == Errno.EAFNOSUPPORT)
        {
            unset.Add($"addr_gen_mode of {name}: no IPv6 here");
        }

        foreach ((string path, string value) in (ReadOnlySpan<(string, string)>)
            [
                ($"net/ipv6/conf/{name}/router_solicitations", "0"),
                ($"net/ipv6/conf/{name}/accept_ra", "0"),
                ($"net/ipv4/conf/{name}/send_redirects", "0"),
                ("net/ipv4/conf/all/send_redirects", "0"),
            ])
        {
            Errno error = Sysctl.TryWrite(path, value);
            bool absent = error == Errno.ENOENT && path.StartsWith("net/ipv6/", StringComparison.Ordinal);
            if (error != Errno.None && !absent) unset.Add($"{path}={value}: {ErrnoText.Describe(error)}");
        }

        return unset;
    }
}
