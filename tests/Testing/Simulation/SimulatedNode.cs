using System;
using System.Collections.Generic;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>A device with one thread: the door for handshakes, cryptokey routing, and a tunnel per peer.</summary>
public sealed class SimulatedNode : IDisposable
{
    private readonly SeededRandom _random;
    private readonly Primitives _primitives;
    private readonly PrivateKey _privateKey;
    private readonly LocalIdentity _identity;
    private readonly List<PeerConfiguration> _configuration = [];
    private readonly Dictionary<PublicKey, SimulatedPeer> _peers = [];
    private readonly byte[] _plaintext = new byte[2_048];
    private AllowedIps<SimulatedPeer> _allowedIps = new();
    private CookieChecker _cookies;
    private RateLimiter _limiter = new();
    private LoadDetector _load = NewLoadDetector();

    internal SimulatedNode(
        int number, VirtualTime time, SeededRandom random, IdealDiffieHellman diffieHellman, IReadOnlyList<Watch> watches)
    {
        (Number, Time, _random, _primitives, Watches) = (number, time, random, diffieHellman.Primitives, watches);
        Clock = new DriftingClock(time, random.Fork());
        _privateKey = PrivateKey.Generate(random);
        _identity = new LocalIdentity(_privateKey, _primitives);
        diffieHellman.Register(_privateKey, PublicKey);
        _cookies = new CookieChecker(_identity.PublicKey);
        Endpoint = new Endpoint(IpAddress.V4(0xC6120000 | (uint)number), 51_820); // 198.18.0.0/15: for benchmarks, RFC 2544
    }

    public int Number { get; }

    public string Name => ((char)('A' + Number)).ToString();

    public VirtualTime Time { get; }

    public DriftingClock Clock { get; }

    public IReadOnlyList<Watch> Watches { get; }

    public PublicKey PublicKey => _identity.PublicKey;

    public PrivateKey PrivateKey => _privateKey;

    /// <summary>Where its socket is bound; behind a NAT nobody else sees this.</summary>
    public Endpoint Endpoint { get; }

    public IndexTable Indices { get; private set; } = new();

    public IEnumerable<SimulatedPeer> Peers => _peers.Values;

    /// <summary>While true nothing runs: no timer, no packet. Monotonic time goes on.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>Behind a NAT that soon forgets.</summary>
    internal bool NeedsKeepalive { get; set; }

    /// <summary>Puts a datagram on the wire.</summary>
    internal Action<Datagram> Wire { get; set; } = static _ => { };

    /// <summary>Inner addresses: 10.0.n.0/24 and fd00:n::/32.</summary>
    public IpAddress InnerAddress(bool isIPv6, int host) => isIPv6
        ? IpAddress.V6((UInt128)0xFD00 << 112 | (UInt128)(uint)Number << 96 | (uint)host)
        : IpAddress.V4(0x0A000000 | (uint)Number << 8 | (byte)host);

    internal void Configure(PeerConfiguration peer) => _configuration.Add(peer);

    /// <summary>Starts, or restarts: everything in memory is gone, keys and configuration are not.</summary>
    internal void Boot()
    {
        foreach (var peer in _peers.Values)
        {
            peer.IsAlive = false;
            peer.Tunnel.Dispose();
        }

        _peers.Clear();
        (Indices, _allowedIps, IsSuspended) = (new IndexTable(), new AllowedIps<SimulatedPeer>(), false);
        (_cookies, _limiter, _load) = (new CookieChecker(PublicKey), new RateLimiter(), NewLoadDetector());
        foreach (var configured in _configuration)
            AddPeer(configured);
        foreach (var watch in Watches)
            watch.Booted(this);
        foreach (var peer in _peers.Values)
            peer.Settle();
    }

    internal void Suspend() => IsSuspended = true;

    internal void Resume()
    {
        if (!IsSuspended)
            return;
        IsSuspended = false;
        foreach (var peer in _peers.Values)
            peer.Settle();
    }

    public SimulatedPeer? TryPeer(SimulatedNode remote) => _peers.GetValueOrDefault(remote.PublicKey);

    internal SimulatedPeer Peer(SimulatedNode remote) => _peers[remote.PublicKey];

    internal void Transmit(Endpoint destination, ReadOnlySpan<byte> datagram) =>
        Wire(new Datagram(Endpoint, destination, datagram.ToArray()));

    /// <summary>How late an alarm goes off: mostly not, sometimes by a few milliseconds.</summary>
    internal TimeSpan WakingDelay() =>
        _random.Chance(0.2) ? _random.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(4)) : TimeSpan.Zero;

    internal void OfferTo(SimulatedNode remote, byte[] packet, int leap)
    {
        if (!IsSuspended && _allowedIps.FindDestination(packet) is { } peer && peer.Remote == remote)
            peer.Offer(packet, leap);
    }

    internal void Receive(Datagram datagram)
    {
        if (IsSuspended)
            return;
        foreach (var peer in _peers.Values)
            peer.AskEarly();
        var path = new Path(datagram.Source, Endpoint.Address, 1);
        switch (MessageHeader.Classify(datagram.Bytes))
        {
            case MessageType.Initiation when PassesDoor(datagram):
                ReceiveInitiation(datagram.Bytes, path);
                break;
            case MessageType.Response when PassesDoor(datagram)
                && Indices.TryGetTunnel(MessageHeader.ReceiverIndex(datagram.Bytes), out var tunnel):
                var response = (SimulatedPeer)tunnel!.Owner!;
                var before = tunnel.Path;
                var reason = tunnel.HandleResponse(Clock.Now, datagram.Bytes, path);
                Judged(response, MessageType.Response, reason, datagram.Bytes, path, before);
                break;
            case MessageType.CookieReply
                when Indices.TryGetTunnel(MessageHeader.ReceiverIndex(datagram.Bytes), out var tunnel):
                var cookie = (SimulatedPeer)tunnel!.Owner!;
                before = tunnel.Path;
                reason = tunnel.HandleCookieReply(Clock.Now, datagram.Bytes);
                Judged(cookie, MessageType.CookieReply, reason, datagram.Bytes, path, before);
                break;
            case MessageType.Transport
                when Indices.TryGetKeypair(MessageHeader.ReceiverIndex(datagram.Bytes), out var keypair)
                && keypair.TryAcquire():
                ReceiveTransport(keypair, datagram.Bytes, path);
                break;
            default:
                break;
        }
    }

    public override string ToString() => Name;

    public void Dispose()
    {
        foreach (var peer in _peers.Values)
            peer.Tunnel.Dispose();
        _identity.Dispose();
        _privateKey.Dispose();
    }

    // Fifty handshakes within a tenth of a second: a slow machine.
    private static LoadDetector NewLoadDetector() => new(LoadDetector.DefaultBacklog, perSecond: 500);

    private void AddPeer(PeerConfiguration configured)
    {
        var remote = configured.Remote;
        var tunnel = new Tunnel(_identity, remote.PublicKey, Indices, _primitives, _random.Fork());
        var peer = new SimulatedPeer(this, remote, tunnel, configured.Mtu);
        _peers.Add(remote.PublicKey, peer);
        _allowedIps.Insert(new IpPrefix(remote.InnerAddress(false, 0), 24), peer);
        _allowedIps.Insert(new IpPrefix(remote.InnerAddress(true, 0), 32), peer);
        if (configured.PresharedKey is not null)
            tunnel.SetPresharedKey(configured.PresharedKey);
        if (configured.Endpoint is { } endpoint)
            tunnel.SetEndpoint(endpoint);
        tunnel.SetPersistentKeepalive(Clock.Now, configured.PersistentKeepalive);
        tunnel.Start(Clock.Now);
    }

    private bool PassesDoor(Datagram datagram)
    {
        if (!_cookies.CheckMac1(datagram.Bytes))
            return false;
        foreach (var watch in Watches)
            watch.PassedMac1(this, datagram.Bytes);
        var now = Clock.Now;
        if (!_load.HandshakeArrived(now))
            return true;
        if (_cookies.CheckMac2(now, datagram.Bytes, datagram.Source, _random))
            return _limiter.Allow(now, datagram.Source.Address);
        Span<byte> reply = stackalloc byte[MessageSize.CookieReply];
        var length = _cookies.WriteCookieReply(now, datagram.Bytes, datagram.Source, _random, reply);
        foreach (var watch in Watches)
            watch.Replied(this, reply[..length]);
        Transmit(datagram.Source, reply[..length]);
        return false;
    }

    private void ReceiveInitiation(byte[] message, in Path path)
    {
        if (InitiationReader.Read(_identity, message, out var initiation) != DropReason.None
            || !_peers.TryGetValue(initiation.RemoteStatic, out var peer))
            return;
        var before = peer.Tunnel.Path;
        var reason = peer.Tunnel.HandleInitiation(Clock.Now, initiation, path);
        Judged(peer, MessageType.Initiation, reason, message, path, before);
    }

    private void ReceiveTransport(Keypair keypair, byte[] datagram, in Path path)
    {
        var peer = (SimulatedPeer)keypair.Tunnel.Owner!;
        var before = peer.Tunnel.Path;
        var reason = DropReason.AuthenticationFailed;
        if (keypair.TryOpen(datagram, _plaintext, out var length))
            reason = peer.Tunnel.Accept(Clock.Now, keypair, MessageHeader.Counter(datagram), length, path);
        keypair.Release();
        if (reason == DropReason.None && length > 0)
        {
            var packet = _plaintext.AsSpan(0, length);
            if (InnerPacket.TryParse(packet, out var total, out _, out _) && _allowedIps.FindSource(packet) == peer)
            {
                foreach (var watch in Watches)
                    watch.Delivered(peer, packet[..total]);
            }
        }

        Judged(peer, MessageType.Transport, reason, datagram, path, before, keypair);
    }

    private static void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason, byte[] datagram, in Path from, in Path before,
        Keypair? keypair = null)
    {
        foreach (var watch in peer.Node.Watches)
            watch.Judged(peer, type, reason, datagram, from, before, keypair);
        peer.Settle();
    }
}
