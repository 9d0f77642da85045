using System;
using System.Collections.Generic;
using System.Threading;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Memory;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Pipeline;

/// <summary>
/// One thread that carries packets all the way, both ways: waits for a queue of the TUN, its UDP sockets, an errand or a deadline,
/// deals with one batch of each that is ready, and sends. It wakes for nothing else: an idle device costs nothing. What is more than one
/// processor can seal or open in time it shares with workers that have nothing to do (<see cref="CipherJob"/>).
/// </summary>
/// <remarks>Everything here belongs to the worker's thread, but for the members said to be for any.</remarks>
internal sealed class Worker : IDisposable
{
    private const uint TunToken = 0, Udp4Token = 1, Udp6Token = 2, WakeToken = 3;

    /// <summary>Deadlines dealt with before packets get their turn again.</summary>
    private const int DeadlinesPerTurn = 64;

    /// <summary>Packets of a batch for which a worker is woken that sleeps: to be awake takes it as long as some dozens of packets.</summary>
    private const int WorthWaking = 4 * CipherJob.SliceSize;

    private readonly Device _device;
    private readonly Poller _poller = new();
    private readonly PollEvent[] _events = new PollEvent[8];
    private readonly EventSignal _wake = new();
    private readonly Outgoing _outgoing;
    private readonly Outbound _outbound;
    private readonly Inbound _inbound;
    private readonly HandshakeDoor _door;
    private readonly CipherJob _job = new();
    private readonly PollBudget _polling = new();
    private readonly Thread _thread;

    // Guarded by _errands itself.
    private readonly Queue<Action> _errands = new();
    private readonly Queue<Peer> _touched = new();
    private bool _hasErrands;
    private bool _hasEnded;

    private volatile bool _isStopping;
    private volatile bool _isAsleep;
    private UdpSocket? _udp4;
    private UdpSocket? _udp6;
    private long _wakeUps;

    public Worker(Device device, int index, TunDevice tun, int mtu)
    {
        _device = device;
        Mtu = mtu;
        _outgoing = new Outgoing(Drops);
        _outbound = new Outbound(this, device, _outgoing, tun[index], tun.Offloads);
        _door = new HandshakeDoor(this, device, _outgoing);
        _inbound = new Inbound(this, device, tun, index, _door);
        _poller.Add(tun[index].Descriptor, TunToken);
        _poller.Add(_wake.Descriptor, WakeToken);
        _thread = new Thread(RoutineWorker) { Name = $"RoutineWorker{index}", IsBackground = true };
    }

    /// <summary>When this turn's batch came in: read once per turn.</summary>
    public Instant Now { get; private set; }

    /// <summary>The TUN's MTU: what packets are padded up to.</summary>
    public int Mtu { get; private set; }

    public DeadlineQueue Deadlines { get; } = new();

    /// <summary>Any thread reads.</summary>
    public WorkerDrops Drops { get; } = new();

    /// <summary>How often the thread came back from waiting. Any thread.</summary>
    public long WakeUps => Volatile.Read(ref _wakeUps);

    /// <summary>Slices of this worker's batches that others sealed or opened. Any thread.</summary>
    public long SlicesShared => _job.Helped;

    /// <summary>Any thread, once.</summary>
    public void Start() => _thread.Start();

    /// <summary>Any thread but this one: runs <paramref name="errand"/> between two turns, and returns when that is done.</summary>
    public void Invoke(Action errand)
    {
        using var done = new ManualResetEventSlim();
        lock (_errands)
        {
            if (!_hasEnded)
            {
                _errands.Enqueue(() =>
                {
                    try
                    {
                        errand();
                    }
                    finally
                    {
                        done.Set();
                    }
                });
                _hasErrands = true;
                _wake.Set();
            }
            else
            {
                done.Set();
            }
        }

        done.Wait();
    }

    /// <summary>Any thread: the peer's tunnel was changed elsewhere; look after it.</summary>
    public void Touch(Peer peer)
    {
        if (!peer.TryTouch())
            return;
        lock (_errands)
        {
            _touched.Enqueue(peer);

            // Woken by the first of many: it takes all before it sleeps. It looks at the flag without the lock: first the flag, then the signal.
            var isFirst = !_hasErrands;
            Volatile.Write(ref _hasErrands, true);
            if (isFirst && !_hasEnded)
                _wake.Set();
        }
    }

    /// <summary>Errand: uses other sockets from now on. The old ones are the caller's to close.</summary>
    public void UseSockets(UdpSocket? udp4, UdpSocket? udp6)
    {
        _outgoing.Flush();
        Watch(_udp4, udp4, Udp4Token);
        Watch(_udp6, udp6, Udp6Token);
        _outgoing.Socket4 = _udp4 = udp4;
        _outgoing.Socket6 = _udp6 = udp6;
    }

    /// <summary>Errand: the TUN's MTU is another.</summary>
    public void UseMtu(int mtu) => Mtu = mtu;

    /// <summary>The peer's tunnel was used: its deadline may be another.</summary>
    public void Note(Peer peer)
    {
        if (peer.Home == this)
            Deadlines.Note(peer);
        else if (peer.IsDueEarlier)
            peer.Home.Touch(peer);
    }

    /// <summary>Writes what the peer's tunnel has to say, and notes its next deadline. Of a peer at home elsewhere: tells its home.</summary>
    public void Tend(Peer peer)
    {
        if (peer.Home != this)
        {
            peer.Home.Touch(peer);
            return;
        }

        while (Poll(peer))
            _outgoing.Flush();
        Deadlines.Note(peer);
    }

    /// <summary>Seals (out of <paramref name="source"/>) or opens (without one) packets under the caller's lease, with the help of workers that
    /// have nothing to do where it is worth their while.</summary>
    public void Cipher(Keypair keypair, NativeBuffer? source, NativeBuffer buffer, AeadPacket[] packets, int count)
    {
        if (count <= CipherJob.SliceSize || _device.Workers.Count == 1)
        {
            if (source is not null)
                keypair.SealBatch(source.Span, buffer.Span, packets.AsSpan(0, count));
            else
                keypair.OpenBatch(buffer.Span, packets.AsSpan(0, count));
            return;
        }

        if (count >= WorthWaking)
            WakeHelper();
        _job.Run(keypair, source, buffer, packets, count);
    }

    /// <summary>Any thread: ends the thread and waits for it.</summary>
    public void Stop()
    {
        _isStopping = true;
        _wake.Set();
        if (_thread.ThreadState != (ThreadState.Background | ThreadState.Unstarted))
            _thread.Join();
    }

    /// <summary>After <see cref="Stop"/>.</summary>
    public void Dispose()
    {
        Stop();
        _inbound.Dispose();
        _outbound.Dispose();
        _outgoing.Dispose();
        _poller.Dispose();
        _wake.Dispose();
    }

    private void RoutineWorker()
    {
        _device.Log.Debug("{0} started", _thread.Name);
        try
        {
            while (!_isStopping)
                Turn();
        }
        catch (LinuxException failure)
        {
            // The TUN or a socket is dead, as after the link was deleted: the device ends.
            _device.Fail(failure);
        }
        finally
        {
            End();
            _device.Log.Debug("{0} stopped", _thread.Name);
        }
    }

    private void Turn()
    {
        var count = Wait();
        _wakeUps++;
        Now = new Instant(MonotonicClock.Ticks);
        var carries = false;
        for (var i = 0; i < count; i++)
        {
            switch (_events[i].Token)
            {
                case TunToken:
                    _outbound.ReadFromTun();
                    carries = true;
                    break;
                case Udp4Token:
                    _inbound.Receive(_udp4!);
                    carries = true;
                    break;
                case Udp6Token:
                    _inbound.Receive(_udp6!);
                    carries = true;
                    break;
                case WakeToken:
                    _wake.Reset();
                    break;
            }
        }

        RunErrands();
        _door.Answer();
        RunDeadlines();
        _outgoing.Flush();
        if (Help() | carries)
            _polling.Carried(new Instant(MonotonicClock.Ticks));
    }

    private int Wait()
    {
        var now = new Instant(MonotonicClock.Ticks);
        while (_polling.Allows(now))
        {
            var count = _poller.Wait(_events, TimeSpan.Zero);
            if (count > 0 || Help() || TimeToWait(now) == TimeSpan.Zero)
                return count;
            var offered = new Instant(MonotonicClock.Ticks);
            Thread.Yield();
            now = new Instant(MonotonicClock.Ticks);
            _polling.Offered(offered, now);
        }

        _isAsleep = true;
        try
        {
            return _poller.Wait(_events, TimeToWait(now));
        }
        finally
        {
            _isAsleep = false;
        }
    }

    // Slices of other workers' batches; false when there were none.
    private bool Help()
    {
        var helped = false;
        for (var i = 0; i < _device.Workers.Count; i++)
        {
            if (_device.Workers[i] != this && _device.Workers[i]._job.HasSlice)
                helped |= _device.Workers[i]._job.TryHelp();
        }

        return helped;
    }

    private void WakeHelper()
    {
        for (var i = 0; i < _device.Workers.Count; i++)
        {
            if (!_device.Workers[i]._isAsleep)
                continue;
            _device.Workers[i]._wake.Set();
            return;
        }
    }

    private TimeSpan TimeToWait(Instant now)
    {
        if (_door.Waiting > 0 || Volatile.Read(ref _hasErrands))
            return TimeSpan.Zero;
        var next = Deadlines.Next();
        if (next == Instant.Never)
            return Timeout.InfiniteTimeSpan;
        return next <= now ? TimeSpan.Zero : next - now;
    }

    private void RunErrands()
    {
        while (Volatile.Read(ref _hasErrands))
        {
            Action? errand;
            Peer? peer = null;
            lock (_errands)
            {
                if (!_errands.TryDequeue(out errand) && !_touched.TryDequeue(out peer))
                {
                    _hasErrands = false;
                    return;
                }
            }

            errand?.Invoke();
            if (peer is null)
                continue;
            peer.Untouch();
            Tend(peer);
        }
    }

    private void RunDeadlines()
    {
        for (var i = 0; i < DeadlinesPerTurn && Deadlines.TryTake(Now, out var peer); i++)
            Tend(peer);
    }

    // True when the batch of datagrams was full before the tunnel had said everything.
    private bool Poll(Peer peer)
    {
        ulong givenUp;
        bool more;
        lock (peer.Gate)
        {
            if (peer.IsRemoved)
            {
                Deadlines.Remove(peer);
                return false;
            }

            more = Poll(peer, peer.Tunnel);
            peer.Settle();
            var total = peer.Tunnel.Counters.StagedGivenUp;
            givenUp = total - peer.StagedGivenUp;
            peer.StagedGivenUp = total;
        }

        if (givenUp > 0)
            Drops.Add(DropReason.NoSession, 0, peer, count: givenUp);
        return more;
    }

    // Under the gate.
    private bool Poll(Peer peer, Tunnel tunnel)
    {
        RealtimeClock.Now(out var seconds, out var nanoseconds);
        var wallClock = Tai64N.FromUnix(seconds, nanoseconds);
        while (_outgoing.HasRoom)
        {
            var output = tunnel.Poll(Now, wallClock, _outgoing.Slot(tunnel.Path.Remote.Address.IsIPv6));
            if (output.Kind == OutputKind.None)
                return false;
            _outgoing.Add(peer, output.Length, tunnel.Path);
            peer.SentBytes += (ulong)output.Length;
        }

        return true;
    }

    private void Watch(UdpSocket? old, UdpSocket? replacement, uint token)
    {
        if (old is not null)
            _poller.Remove(old.Descriptor);
        if (replacement is not null)
            _poller.Add(replacement.Descriptor, token);
    }

    // Whoever waits for an errand is let go.
    private void End()
    {
        lock (_errands)
        {
            _hasEnded = true;
            while (_errands.TryDequeue(out var errand))
                errand();
        }
    }
}
