using System;
using System.Collections.Generic;
using Warren.Linux;
using Warren.Linux.Events;
using Warren.Linux.Udp;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;

namespace Warren.Bench.Throughput.Load;

/// <summary>Sends initiations over one socket, so many in flight at once, and takes their answers. It keeps count over all exchanges.</summary>
/// <remarks>One thread, which sleeps while nothing is to be done.</remarks>
internal sealed class HandshakeExchange : IDisposable
{
    private const int Batch = 32;
    private const int SlotBytes = 2048;

    // No engine takes a peer's initiations closer together than its limit, 20 ms here and in wireguard-go (HandshakeInitationRate).
    private static readonly TimeSpan PeerInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(1);

    private readonly Path _path;
    private readonly int _outstanding;
    private readonly byte[] _address;
    private readonly UdpSocket _socket;
    private readonly Poller _poller = new();
    private readonly SendBatch _send = new(Batch, Batch * MessageSize.Initiation);
    private readonly ReceiveBatch _receive = new(Batch, SlotBytes);
    private readonly Dictionary<uint, int> _inFlight = [];
    private readonly HashSet<uint> _givenUp = [];
    private readonly Queue<(uint Index, long SentAt)> _order = new();
    private readonly long[] _peerFree;
    private Initiation[] _initiations = [];
    private long[] _sentAt = [];

    /// <summary>Opens the socket.</summary>
    /// <param name="endpoint">The engine's.</param>
    /// <param name="peers">Of how many peers the initiations are.</param>
    /// <param name="outstanding">How many are in flight at most, 1 or more.</param>
    public HandshakeExchange(Endpoint endpoint, int peers, int outstanding)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outstanding);
        _path = new Path(endpoint);
        _outstanding = outstanding;
        _peerFree = new long[peers];
        _address = new byte[endpoint.Address.BitLength / 8];
        endpoint.Address.Write(_address);
        _socket = UdpSocket.Bind(endpoint.Address.IsIPv6, default, 0, 0, reusePort: false);
        _poller.Add(_socket.Descriptor, 0);
    }

    /// <summary>Time from initiation to response of each response, in units of 100 ns.</summary>
    public List<long> Latencies { get; } = [];

    /// <summary>Answers of all kinds.</summary>
    public long Answered => Latencies.Count + Cookies;

    /// <summary>Cookie replies.</summary>
    public long Cookies { get; private set; }

    /// <summary>Handshakes that were completed.</summary>
    public long Verified { get; private set; }

    /// <summary>Answers that fit no handshake, or not theirs.</summary>
    public long Wrong { get; private set; }

    /// <summary>Initiations given up after a second.</summary>
    public long Unanswered { get; private set; }

    /// <summary>Sends all of <paramref name="initiations"/> in order, or those for which <paramref name="most"/> is enough, and waits for the answers.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Run(Initiation[] initiations, TimeSpan most)
    {
        _initiations = initiations;
        _sentAt = new long[initiations.Length];
        _givenUp.Clear();
        var begin = MonotonicClock.Ticks;
        var next = 0;
        while (next < initiations.Length || _inFlight.Count > 0)
        {
            var now = MonotonicClock.Ticks;
            if (now - begin > most.Ticks)
            {
                // Time is up: only what is in flight is waited for, and nothing when nothing is.
                next = initiations.Length;
                if (_inFlight.Count == 0) break;
            }

            var blockedUntil = long.MaxValue;
            if (!TrySend(now, ref next, ref blockedUntil)) continue;
            if (TakeAnswers() == 0) Wait(Math.Min(blockedUntil, _inFlight.Count > 0 ? now + GivenUpAfter.Ticks : long.MaxValue) - now);
            GiveUp(MonotonicClock.Ticks);
        }

        return TimeSpan.FromTicks(MonotonicClock.Ticks - begin);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _poller.Dispose();
        _send.Dispose();
        _receive.Dispose();
    }

    // Sends what may be sent; false when more may be sent at once.
    private bool TrySend(long now, ref int next, ref long blockedUntil)
    {
        _send.Clear();
        while (next < _initiations.Length && _inFlight.Count < _outstanding && !_send.IsFull)
        {
            ref readonly var initiation = ref _initiations[next];
            if (_peerFree[initiation.Peer] > now)
            {
                blockedUntil = _peerFree[initiation.Peer];
                break;
            }

            var message = initiation.Message.Span;
            if (!_inFlight.TryAdd(MessageHeader.SenderIndex(message), next)) break; // The same random index twice: after the first's answer.
            _peerFree[initiation.Peer] = now + PeerInterval.Ticks;
            _sentAt[next] = now;
            _order.Enqueue((MessageHeader.SenderIndex(message), now));
            Add(message);
            next++;
        }

        var full = _send.IsFull;
        Flush();
        return !full;
    }

    private int TakeAnswers()
    {
        var taken = 0;
        while (_socket.Receive(_receive) is > 0 and var count)
        {
            var now = MonotonicClock.Ticks;
            _send.Clear();
            for (var i = 0; i < count; i++) Take(now, _receive.Datagram(i));
            Flush();
            taken += count;
            if (count < Batch) break;
        }

        return taken;
    }

    private void Take(long now, ReadOnlySpan<byte> answer)
    {
        var type = MessageHeader.Classify(answer);
        if (type == MessageType.Transport) return; // Of a session that was verified: keepalives.
        if (type is not (MessageType.Response or MessageType.CookieReply))
        {
            Wrong++;
            return;
        }

        var index = MessageHeader.ReceiverIndex(answer);
        if (!_inFlight.Remove(index, out var at))
        {
            if (!_givenUp.Remove(index)) Wrong++;
            return;
        }

        if (type == MessageType.CookieReply)
        {
            Cookies++;
            return;
        }

        Latencies.Add(now - _sentAt[at]);
        if (_initiations[at].Tunnel is { } tunnel) Complete(tunnel, new Instant(now), answer);
    }

    // The keepalive that a tunnel sends now proves to the engine that the session is ours.
    private void Complete(Tunnel tunnel, Instant now, ReadOnlySpan<byte> response)
    {
        Span<byte> datagram = stackalloc byte[MessageSize.Initiation];
        if (tunnel.HandleResponse(now, response, _path) == DropReason.None && tunnel.Poll(now, default, datagram) is { Kind: OutputKind.Keepalive } output)
        {
            Verified++;
            Add(datagram[..output.Length]);
        }
        else
        {
            Wrong++;
        }
    }

    private void GiveUp(long now)
    {
        while (_order.TryPeek(out var oldest) && (now - oldest.SentAt > GivenUpAfter.Ticks || !_inFlight.ContainsKey(oldest.Index)))
        {
            _order.Dequeue();
            if (!_inFlight.Remove(oldest.Index)) continue;
            _givenUp.Add(oldest.Index);
            Unanswered++;
        }
    }

    private void Add(ReadOnlySpan<byte> datagram)
    {
        datagram.CopyTo(_send.Space);
        _send.Add(datagram.Length, _address, _path.Remote.Port, _path.Remote.ScopeId, default, 0);
    }

    private void Flush()
    {
        for (var from = 0; from < _send.Count;)
        {
            from += _socket.Send(_send, from, out var error);
            if (error == Errno.EAGAIN) WaitWritable();
            else if (error != Errno.None) throw new LinuxException(error, "send handshakes");
        }
    }

    private void WaitWritable()
    {
        _poller.Modify(_socket.Descriptor, 0, read: false, write: true);
        Wait(TimeSpan.TicksPerMillisecond * 10);
        _poller.Modify(_socket.Descriptor, 0);
    }

    private void Wait(long ticks)
    {
        Span<PollEvent> events = stackalloc PollEvent[1];
        _poller.Wait(events, TimeSpan.FromTicks(Math.Max(0, ticks)));
    }
}
