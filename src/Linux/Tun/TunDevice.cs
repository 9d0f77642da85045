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

    private TunDevice(LinkState link, TunQueue[] queues, IReadOnlyList<string> unset)
    {
        Name = link.Name;
        Index = link.Index;
        Unset = unset;
        _queues = queues;
    }

    /// <summary>The interface's name when it was opened; an operator may rename it.</summary>
    public string Name { get; }

    /// <summary>The interface's index, which stays.</summary>
    public int Index { get; }

    /// <summary>How many queues there are.</summary>
    public int QueueCount => _queues.Length;

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
            for (int i = 0; i < queues.Length; i++) queues[i] = Attach(ref name, first: i == 0, options.Queues > 1);
            using var netlink = new RouteNetlink();
            netlink.SetLink(name, mtu: options.Mtu, txQueueLength: options.TransmitQueueLength);
            return new TunDevice(Find(netlink, name), queues, Silence(netlink, name));
        }
        catch
        {
            foreach (TunQueue? queue in queues) queue?.Dispose();
            throw;
        }
    }

    /// <summary>Takes over a TUN descriptor that somebody else opened and set up (WG_TUN_FD), and makes it nonblocking and close-on-exec.</summary>
    /// <exception cref="LinuxException">EBADF: no descriptor; ENOTTY or EBADFD: no TUN behind it.</exception>
    public static TunDevice FromDescriptor(int fd)
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

            using var netlink = new RouteNetlink();
            return new TunDevice(Find(netlink, InterfaceRequest.Name(request)), [new TunQueue(descriptor)], []);
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

    private static TunQueue Attach(ref string name, bool first, bool several)
    {
        string operation = $"make TUN device {name}";
        ifreq request = InterfaceRequest.Create(name, operation);
        OwnedDescriptor descriptor = Fcntl
            .open(CloneDevice, Fcntl.O_RDWR | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC, 0).OrThrow($"open {CloneDevice}");

        // TUN_EXCL: an existing device, even a persistent TUN that we could attach to, is EBUSY, as for the kernel's own links.
        request.ifr_flags = unchecked((short)(LinuxIfTun.IFF_TUN | LinuxIfTun.IFF_NO_PI
            | (several ? LinuxIfTun.IFF_MULTI_QUEUE : 0) | (first ? LinuxIfTun.IFF_TUN_EXCL : 0)));

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
