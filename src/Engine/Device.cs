using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Warren.Engine.Pipeline;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Engine;

/// <summary>
/// A WireGuard device: peers, what they may carry, the port, and the workers that carry it. This file is its life: made, up, down,
/// gone; Device.Configure.cs is what may be asked of it, Device.Describe.cs what it says of itself.
/// </summary>
/// <remarks>
/// Thread safe. One lock orders everything that configures; under it a peer's gate may be taken, and a worker may be waited for: hence
/// a worker never takes it. Workers look up peers, prefixes and indices without a lock.
/// </remarks>
internal sealed partial class Device : IDisposable
{
    private readonly Lock _configuring = new();
    private readonly TunDevice _tun;
    private readonly Worker[] _workers;
    private readonly Primitives _primitives;
    private readonly Action<LinuxException> _failed;
    private readonly UdpOffloads _udpOffloads;
    private readonly SelfTestRun? _selfTest;

    private readonly PeerTable _peers = new();

    private volatile LocalIdentity? _identity;
    private volatile CookieChecker? _cookies;
    private PrivateKey? _privateKey;
    private Port? _port;
    private ushort _listenPort;
    private uint _fwMark;
    private IpAddress _bindAddress;
    private bool _isUp;
    private int _nextHome;

    /// <summary>A device on an open TUN, which stays the caller's: down, without key, port and peers.</summary>
    /// <param name="tun">One queue per worker.</param>
    /// <param name="mtu">Its MTU.</param>
    /// <param name="log">Where it logs.</param>
    /// <param name="failed">Called at most once per worker, by a worker's thread, when the TUN or a socket is dead.</param>
    /// <param name="udpOffloads">What its sockets ask the kernel for; what its TUN has was settled when that was opened.</param>
    /// <param name="selfTest">Must have passed before the link is used; null: not asked.</param>
    public Device(TunDevice tun, int mtu, Log log, Action<LinuxException> failed, UdpOffloads udpOffloads = UdpOffloads.All, SelfTestRun? selfTest = null)
    {
        _selfTest = selfTest;
        _udpOffloads = udpOffloads;
        _tun = tun;
        _failed = failed;
        _primitives = Primitives.Managed;
        Log = log;
        _workers = new Worker[tun.QueueCount];
        for (var i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this, i, tun, mtu);
        foreach (var worker in _workers)
            worker.Start();
    }

    public Log Log { get; }

    /// <summary>Cryptokey routing of the device.</summary>
    public AllowedIps<Peer> AllowedIps { get; } = new();

    /// <summary>Receiver indices of the device.</summary>
    public IndexTable Indices { get; } = new();

    public RateLimiter Limiter { get; } = new();

    public LoadDetector Load { get; } = new();

    /// <summary>What computes for this device.</summary>
    public Primitives Primitives => _primitives;

    /// <summary>The identity of the present private key; null without one. A worker may use what it read until its turn ends.</summary>
    public LocalIdentity? Identity => _identity;

    /// <summary>The door for handshakes to that identity.</summary>
    public CookieChecker? Cookies => _cookies;

    /// <summary>The threads that carry packets.</summary>
    public IReadOnlyList<Worker> Workers => _workers;

    /// <summary>The port that is open; null while the link is down.</summary>
    public Port? Port => _port;

    /// <summary>How often workers came back from waiting.</summary>
    public long WakeUps
    {
        get
        {
            long sum = 0;
            foreach (var worker in _workers)
                sum += worker.WakeUps;
            return sum;
        }
    }

    public bool TryFindPeer(PublicKey key, [NotNullWhen(true)] out Peer? peer) => _peers.TryFind(key, out peer);

    /// <summary>The link is up: opens the port and starts the tunnels. A port that cannot be opened leaves the device up and deaf, as
    /// the log says; setting the port again tries again.</summary>
    public void Up()
    {
        lock (_configuring)
        {
            if (_isUp)
                return;
            _isUp = true;
            if (TryOpenPort(_bindAddress, _listenPort, out var failure))
                Log.Debug("device up, listening on port {0}", _listenPort);
            else
                Log.Error("cannot listen on UDP port {0}: {1}; choose another with `wg set {2} listen-port PORT`", _listenPort, failure.Reason, _tun.Name);
            for (var peer = _peers.First; peer is not null; peer = peer.Next)
                Use(peer, static (tunnel, now) => tunnel.Start(now));
        }
    }

    /// <summary>The link is down: tunnels forget their sessions, the port is closed.</summary>
    public void Down()
    {
        lock (_configuring)
        {
            if (!_isUp)
                return;
            _isUp = false;
            for (var peer = _peers.First; peer is not null; peer = peer.Next)
                Use(peer, static (tunnel, now) => tunnel.Stop(now));
            ClosePort();
            Log.Debug("device down");
        }
    }

    /// <summary>The link's MTU is another.</summary>
    public void SetMtu(int mtu)
    {
        foreach (var worker in _workers)
            worker.Invoke(() => worker.UseMtu(mtu));
    }

    /// <summary>A local address went away: no answer can leave from it any more.</summary>
    public void ForgetSource(IpAddress address)
    {
        lock (_configuring)
        {
            for (var peer = _peers.First; peer is not null; peer = peer.Next)
            {
                lock (peer.Gate)
                {
                    if (peer.Tunnel.Path.Local == address)
                        peer.Tunnel.ClearSource();
                }
            }
        }
    }

    /// <summary>A worker met an error it cannot go on with.</summary>
    public void Fail(LinuxException failure) => _failed(failure);

    /// <summary>Ends the workers and zeroes every key.</summary>
    public void Dispose()
    {
        Down();
        foreach (var worker in _workers)
            worker.Stop();
        lock (_configuring)
        {
            while (_peers.First is { } first)
                RemovePeer(first);
            _identity?.Dispose();
            _privateKey?.Dispose();
        }

        foreach (var worker in _workers)
            worker.Dispose();
    }

    private static Instant Now => new(MonotonicClock.Ticks);

    // Control's way to a tunnel: change it under the peer's gate, then have its home look after it.
    private static void Use(Peer peer, Action<Tunnel, Instant> change)
    {
        lock (peer.Gate)
        {
            if (peer.IsRemoved)
                return;
            change(peer.Tunnel, Now);
            peer.Settle();
        }

        Tend(peer);
    }

    // Its home is woken only for a peer that has, or had, something due: ten thousand idle ones are not.
    private static void Tend(Peer peer)
    {
        if (peer.Deadline != Instant.Never || peer.IsQueued)
            peer.Home.Touch(peer);
    }

    // The new port is open before the old one is closed, so that a failure leaves the old one working. Only where both are the same
    // number must the old one go first.
    private bool TryOpenPort(IpAddress address, ushort number, [NotNullWhen(false)] out LinuxException? failure)
    {
        failure = null;
        var old = _port;
        try
        {
            if (old is not null && number == old.Number)
                ClosePort();
            var port = Port.Open(address, number, _fwMark, _workers.Length, _udpOffloads);

            // Open first: what comes while the self-test ends waits in the socket, and is not lost.
            if (_selfTest?.Failure is { } wrong)
            {
                port.Dispose();
                Log.Error("the self-test of {0} failed: this processor or runtime computes wrongly; nothing is sent", wrong);
                failure = new LinuxException(Errno.EIO, $"self-test of {wrong}");
                _failed(failure);
                return false;
            }

            UsePort(port);
            return true;
        }
        catch (LinuxException caught)
        {
            failure = caught;
            if (old is not null && _port is null)
                Reopen(old.Number);
            return false;
        }
    }

    private void Reopen(ushort number)
    {
        try
        {
            UsePort(Port.Open(_bindAddress, number, _fwMark, _workers.Length, _udpOffloads));
        }
        catch (LinuxException failure)
        {
            Log.Error("cannot listen on UDP port {0} again: {1}", number, failure.Reason);
        }
    }

    private void UsePort(Port port)
    {
        var old = _port;
        _port = port;
        _listenPort = port.Number;
        for (var i = 0; i < _workers.Length; i++)
        {
            var (worker, index) = (_workers[i], i);
            worker.Invoke(() => worker.UseSockets(port.IPv4(index), port.IPv6(index)));
        }

        old?.Dispose();
        for (var peer = _peers.First; peer is not null; peer = peer.Next)
        {
            lock (peer.Gate)
                peer.Tunnel.ClearSource();
        }
    }

    private void ClosePort()
    {
        foreach (var worker in _workers)
            worker.Invoke(() => worker.UseSockets(null, null));
        _port?.Dispose();
        _port = null;
    }
}
