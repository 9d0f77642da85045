using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Protocol;

/// <summary>One peer of a device: handshake, sessions, timers and staged packets, as sections 5 and 6 of the WireGuard paper
/// say. It does no I/O: time and wall clock are arguments, datagrams are spans of the caller's, and what is due is asked for
/// with <see cref="Poll"/>.</summary>
/// <remarks>
/// <para>Not thread safe: every member is called under the lock of this peer, except <see cref="RemoteStatic"/> and
/// <see cref="Owner"/>. Only a leased <see cref="Keypair"/> may be used beside it. Nothing here blocks, and nothing allocates
/// per packet.</para>
/// <para>Outbound: <see cref="TryReserve"/>, seal with the keypair (no lock), send, <see cref="Sent"/>, release the lease.
/// Without a session <see cref="Stage"/>, then <see cref="Poll"/>. Inbound: find the keypair by index, lease and open it (no
/// lock), <see cref="Accept"/>, deliver. After any call, <see cref="Poll"/> until it writes nothing and sleep until
/// <see cref="NextDeadline"/>: after such a round it is always in the future.</para>
/// </remarks>
public sealed partial class Tunnel : IDisposable
{
    private readonly IndexTable _indices;
    private readonly Primitives _primitives;
    private readonly RandomSource _random;

    // Made when first needed: of ten thousand peers few ever speak.
    private byte[]? _keys;
    private CookieGenerator? _cookies;
    private StagedPackets _staged;

    private LocalIdentity? _local;
    private bool _staticStaticKnown;
    private bool _running;
    private bool _disposed;
    private TunnelCounters _counters;

    /// <summary>A stopped tunnel to the holder of <paramref name="remote"/>.</summary>
    /// <param name="local">This device's identity; null while it has no key: nothing is sent or accepted then.</param>
    /// <param name="remote">The peer's static key; that it is not our own is the caller's to see to.</param>
    /// <param name="indices">The device's receiver indices.</param>
    /// <param name="primitives">What computes DH and seals packets.</param>
    /// <param name="random">For ephemeral keys, indices and jitter.</param>
    public Tunnel(LocalIdentity? local, PublicKey remote, IndexTable indices, Primitives primitives, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(primitives);
        ArgumentNullException.ThrowIfNull(random);
        _local = local;
        _indices = indices;
        _primitives = primitives;
        _random = random;
        RemoteStatic = remote;
        _deadlines.Clear();
    }

    /// <summary>The caller's object for this peer.</summary>
    public object? Owner { get; set; }

    /// <summary>The peer's static key.</summary>
    public PublicKey RemoteStatic { get; }

    /// <summary>Where to send: the endpoint configured, or where the last authenticated packet came from.</summary>
    public Path Path { get; private set; }

    /// <summary>Whether there is anywhere to send to.</summary>
    public bool HasEndpoint { get; private set; }

    /// <summary>Seconds after which an otherwise silent tunnel sends a keepalive; 0 is off.</summary>
    public ushort PersistentKeepalive { get; private set; }

    /// <summary>When the last handshake was completed; <see cref="Instant.Never"/> when none was.</summary>
    public Instant LastHandshake { get; private set; } = Instant.Never;

    /// <summary>Packets waiting for a session.</summary>
    public int StagedCount => _staged.Count;

    /// <summary>What happened so far.</summary>
    public TunnelCounters Counters => _counters;

    private Span<byte> StaticStatic => Keys.AsSpan(0, Noise.KeySize);

    private Span<byte> Psk => Keys.AsSpan(Noise.KeySize, Noise.KeySize);

    /// <summary>The peer's static key in bytes. Under the lock, as it may be made here.</summary>
    internal ReadOnlySpan<byte> RemoteStaticBytes => Keys.AsSpan(2 * Noise.KeySize);

    // Two secrets, hence pinned, and the peer's static key as the handshake reads it.
    private byte[] Keys
    {
        get
        {
            if (_keys is null)
            {
                _keys = GC.AllocateArray<byte>(3 * Noise.KeySize, pinned: true);
                RemoteStatic.Write(_keys.AsSpan(2 * Noise.KeySize));
            }

            return _keys;
        }
    }

    private CookieGenerator Cookies => _cookies ??= new CookieGenerator(RemoteStatic);

    /// <summary>Whether packets can be sent at once.</summary>
    public bool HasSession(Instant now) =>
        _current is { } keypair && !keypair.IsExpired(now) && keypair.NextCounter < Constants.RejectAfterMessages;

    /// <summary>Gives the device another key, or none: handshakes and sessions end. Staged packets wait for the next.</summary>
    public void SetIdentity(Instant now, LocalIdentity? local)
    {
        EndSessions();
        _deadlines.Clear();
        if (_staticStaticKnown)
            CryptographicOperations.ZeroMemory(StaticStatic);
        _staticStaticKnown = false;
        _nextInitiation = Instant.Zero;
        _local = local;
        BeginTimers(now);
    }

    /// <summary>Sets the key mixed into handshakes from now on; null or all zero is none. A session stays as it is.</summary>
    public void SetPresharedKey(PresharedKey? key)
    {
        if (key is not null)
            key.CopyTo(Psk);
        else if (_keys is not null)
            CryptographicOperations.ZeroMemory(Psk);
    }

    /// <summary>Sets where to send, as an operator does. What is due goes out with the next <see cref="Poll"/>.</summary>
    public void SetEndpoint(Endpoint endpoint)
    {
        Path = new Path(endpoint);
        HasEndpoint = true;
    }

    /// <summary>Forgets the local address and interface to send from: after a rebind, or when an address went away.</summary>
    public void ClearSource() => Path = new Path(Path.Remote);

    /// <summary>Sets the persistent keepalive; turned on while up it sends one at once.</summary>
    public void SetPersistentKeepalive(Instant now, ushort seconds)
    {
        var before = PersistentKeepalive;
        PersistentKeepalive = seconds;
        if (seconds == 0)
            _deadlines.Disarm(TunnelTimer.PersistentKeepalive);
        else if (_running && _local is not null)
            ArmPersistentKeepalive(before == 0 ? now : Instant.Min(now + KeepaliveInterval, _deadlines[TunnelTimer.PersistentKeepalive]));
    }

    /// <summary>The device is up. With a persistent keepalive a handshake begins at once.</summary>
    public void Start(Instant now)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_running)
            return;
        _running = true;
        _nextInitiation = Instant.Zero;
        BeginTimers(now);
    }

    /// <summary>The device is down: sessions are zeroed, staged packets dropped, no timer runs. The path, the preshared key
    /// and the greatest timestamp received stay.</summary>
    public void Stop(Instant now)
    {
        _running = false;
        EndSessions();
        _counters.StagedGivenUp += (ulong)_staged.Clear();
        _deadlines.Clear();
    }

    /// <summary>Stops for good and zeroes every key. The index table no longer knows it.</summary>
    public void Dispose()
    {
        _disposed = true;
        Stop(Instant.Zero);
        _cookies?.Clear();
        _local = null;
        _staticStaticKnown = false;
        CryptographicOperations.ZeroMemory(_keys);
    }
}
