using System;
using System.Threading;
using Warren.Engine.Drops;
using Warren.Engine.Pipeline;
using Warren.Linux.Events;
using Warren.Protocol;
using Warren.Protocol.Keys;

namespace Warren.Engine;

/// <summary>One peer of a device: its tunnel, what it has carried, and the worker that is its home.</summary>
/// <remarks>
/// <see cref="Gate"/> guards the tunnel and everything said to be under it; whoever holds it takes no other peer's and does not
/// send. Only the home worker writes the peer's packets to the TUN, and only it owns the peer's place in its deadline queue.
/// </remarks>
internal sealed class Peer
{
    /// <summary>Deadlines are multiples of it: a sixteenth of a second. Timers run for seconds, so nobody misses what they are late by, and
    /// ten thousand peers that are kept alive need at most sixteen turns a second, not one each.</summary>
    private const long Grain = TimeSpan.TicksPerSecond / 16;

    private Instant _lastHandshake = Instant.Never;
    private long _deadline = Instant.Never.Ticks;
    private long _queuedFor = Instant.Never.Ticks;
    private int _isTouched;
    private DropTable? _drops;

    public Peer(Tunnel tunnel, Worker home)
    {
        Tunnel = tunnel;
        Home = home;
        tunnel.Owner = this;
    }

    public Lock Gate { get; } = new();

    /// <summary>The neighbours in the device's <see cref="PeerTable"/>, which alone sets them.</summary>
    public Peer? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    public Peer? Previous { get; set; }

    public Tunnel Tunnel { get; }

    public Worker Home { get; }

    public PublicKey Key => Tunnel.RemoteStatic;

    /// <summary>Under the gate. True once the peer was taken from the device: its tunnel is not to be used any more.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>Under the gate.</summary>
    public PresharedKey? PresharedKey { get; private set; }

    /// <summary>Under the gate. Outer bytes, as wireguard-go counts them: whole datagrams.</summary>
    public ulong ReceivedBytes { get; set; }

    /// <summary>Under the gate.</summary>
    public ulong SentBytes { get; set; }

    /// <summary>Under the gate. Wall-clock time of the last completed handshake; 0 when there was none.</summary>
    public long LastHandshakeSeconds { get; private set; }

    /// <summary>Under the gate.</summary>
    public int LastHandshakeNanoseconds { get; private set; }

    /// <summary>Under the gate. Made when first asked for.</summary>
    public DropTable Drops => _drops ??= new DropTable();

    /// <summary>Under the gate. Whether anything was ever dropped.</summary>
    public bool HasDrops => _drops is not null;

    /// <summary>Under the gate. Staged packets already counted as dropped.</summary>
    public ulong StagedGivenUp { get; set; }

    /// <summary>The tunnel's next deadline when it was last used, or a sixteenth of a second after it at most. Any thread.</summary>
    public Instant Deadline => new(Volatile.Read(ref _deadline));

    /// <summary>Home's thread: where the peer stands in its deadline queue; -1: nowhere.</summary>
    public int QueueIndex { get; set; } = -1;

    /// <summary>Home's thread sets: the deadline it stands there with, never later than <see cref="Deadline"/> when that moved on;
    /// <see cref="Instant.Never"/> when it stands nowhere.</summary>
    public Instant QueuedFor
    {
        get => new(Volatile.Read(ref _queuedFor));
        set => Volatile.Write(ref _queuedFor, value.Ticks);
    }

    /// <summary>Any thread, after <see cref="Settle"/>: whether home must be told, which waits for a later deadline or for none.</summary>
    public bool IsDueEarlier
    {
        get
        {
            // Against home, which writes the one and then reads the other.
            Interlocked.MemoryBarrier();
            return Deadline < QueuedFor;
        }
    }

    /// <summary>Whether its home has it in its deadline queue. Any thread; while its home is at work on the peer the answer may be old.</summary>
    public bool IsQueued => QueueIndex >= 0;

    /// <summary>Under the gate, after every use of the tunnel: notes its deadline, and the time of a handshake that completed.</summary>
    public void Settle()
    {
        var next = Tunnel.NextDeadline.Ticks;
        Volatile.Write(ref _deadline, next > long.MaxValue - Grain ? next : (next + Grain - 1) / Grain * Grain);
        var completed = Tunnel.LastHandshake;
        if (completed == _lastHandshake || completed == Instant.Never)
            return;
        _lastHandshake = completed;
        RealtimeClock.Now(out var seconds, out var nanoseconds);
        LastHandshakeSeconds = seconds;
        LastHandshakeNanoseconds = nanoseconds;
    }

    /// <summary>Under the gate. Takes over the key.</summary>
    public void SetPresharedKey(PresharedKey key)
    {
        PresharedKey?.Dispose();
        PresharedKey = null;
        if (key.IsZero)
            key.Dispose();
        else
            PresharedKey = key;
        Tunnel.SetPresharedKey(PresharedKey);
    }

    /// <summary>Under the gate: ends the tunnel and zeroes its keys.</summary>
    public void Remove()
    {
        IsRemoved = true;
        Tunnel.Dispose();
        PresharedKey?.Dispose();
        PresharedKey = null;
        Volatile.Write(ref _deadline, Instant.Never.Ticks);
    }

    /// <summary>True for the first of several touches before <see cref="Untouch"/>.</summary>
    public bool TryTouch() => Interlocked.Exchange(ref _isTouched, 1) == 0;

    /// <summary>Before the home worker looks at the peer.</summary>
    public void Untouch() => Volatile.Write(ref _isTouched, 0);
}
