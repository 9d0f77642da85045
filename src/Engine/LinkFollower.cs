using System;
using System.Threading;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Netlink;
using Warren.Linux.Tun;
using Warren.Protocol.Routing;

namespace Warren.Engine;

/// <summary>Keeps a device in step with its link: up, down, MTU, local addresses that go; notices when link or socket file are deleted.</summary>
internal sealed class LinkFollower : IDisposable
{
    private const uint MonitorToken = 0, StopToken = 1, FileToken = 2;

    private readonly TunDevice _tun;
    private readonly Log _log;
    private readonly Action _ended;
    private readonly LinkMonitor _monitor = new(LinkMonitorTopics.Links | LinkMonitorTopics.Addresses);
    private readonly Poller _poller = new();
    private readonly EventSignal _stop = new();
    private readonly PollEvent[] _events = new PollEvent[4];
    private readonly Thread _thread;
    private Device _device = null!;
    private FileWatch? _file;
    private bool _isUp;
    private bool _isElsewhere;

    /// <summary>Listens from now on, so that nothing is missed; <see cref="Start"/> acts on it.</summary>
    public LinkFollower(TunDevice tun, Log log, Action ended)
    {
        _tun = tun;
        _log = log;
        _ended = ended;
        _poller.Add(_monitor.Descriptor, MonitorToken);
        _poller.Add(_stop.Descriptor, StopToken);
        _thread = new Thread(RoutineFollowLink) { Name = nameof(RoutineFollowLink), IsBackground = true };
        if (Find() is { } link)
            (Mtu, _isUp) = (link.Mtu, link.IsUp);
    }

    /// <summary>The link's MTU when last seen.</summary>
    public int Mtu { get; private set; } = 1420;

    /// <summary>Follows on a thread of its own.</summary>
    /// <param name="device">What is kept in step.</param>
    /// <param name="file">A file whose end is the engine's; null: none. Stays the caller's.</param>
    public void Start(Device device, FileWatch? file)
    {
        _device = device;
        _file = file;
        if (file is not null)
            _poller.Add(file.Descriptor, FileToken);

        if (_isUp)
            _device.Up();
        _thread.Start();
    }

    /// <summary>Follows no longer.</summary>
    public void Dispose()
    {
        _stop.Set();
        if (_thread.ThreadState != (ThreadState.Background | ThreadState.Unstarted))
            _thread.Join();
        _monitor.Dispose();
        _poller.Dispose();
        _stop.Dispose();
    }

    private void RoutineFollowLink()
    {
        _log.Debug("{0} started", _thread.Name);
        try
        {
            while (Turn())
            {
            }
        }
        catch (LinuxException failure)
        {
            _log.Error("cannot follow the link any more: {0}", failure.Message);
            _ended();
        }

        _log.Debug("{0} stopped", _thread.Name);
    }

    // False when there is nothing more to follow.
    private bool Turn()
    {
        var count = _poller.Wait(_events, Timeout.InfiniteTimeSpan);
        for (var i = 0; i < count; i++)
        {
            switch (_events[i].Token)
            {
                case StopToken:
                    return false;
                case FileToken when _file!.DeletedOrReplaced():
                    _log.Debug("the socket file was deleted: ending");
                    _ended();
                    return false;
                case MonitorToken:
                    while (_monitor.TryRead(out var change))
                    {
                        if (!Follow(change))
                            return false;
                    }

                    break;
            }
        }

        return true;
    }

    private bool Follow(LinkChange change)
    {
        switch (change.Kind)
        {
            case LinkChangeKind.LinkChanged when change.Link!.Index == _tun.Index && !_isElsewhere:
                Follow(change.Link);
                break;
            case LinkChangeKind.LinkRemoved when change.Link!.Index == _tun.Index && !_isElsewhere:
                return FollowAway();
            case LinkChangeKind.AddressRemoved:
                _device.ForgetSource(IpAddress.FromBytes(change.Address!.Address));
                break;
            case LinkChangeKind.Lost when !_isElsewhere:
                if (Find() is not { } link)
                    return FollowAway();
                Follow(link);
                break;
        }

        return true;
    }

    private void Follow(LinkState link)
    {
        if (link.Mtu != Mtu)
        {
            Mtu = link.Mtu;
            _device.SetMtu(Mtu);
        }

        if (link.IsUp == _isUp)
            return;
        _isUp = link.IsUp;
        if (_isUp)
            _device.Up();
        else
            _device.Down();
    }

    // A link that left this namespace is either deleted, or lives on in another where it cannot be followed: the device then counts as
    // up. An empty write tells the two apart, as wireguard-go does: EBADFD only from a TUN without a link (tun_chr_write_iter).
    private bool FollowAway()
    {
        if (_tun[0].Write([]) == Errno.EBADFD)
        {
            _log.Debug("the link was deleted: ending");
            _ended();
            return false;
        }

        _log.Debug("the link moved to another network namespace; the sockets stay in this one");
        _isElsewhere = true;
        _device.Up();
        return true;
    }

    private LinkState? Find()
    {
        using var netlink = new RouteNetlink();
        return netlink.FindLink(_tun.Index);
    }
}
