using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>
/// One handshake at a time: initiations of one tunnel at least RekeyTimeout (5 s) apart, retries jittered by up to a
/// third of a second, the index of an abandoned one dead (§6.1, §6.4). Only what a peer really sent passes mac1 and is
/// accepted, an initiation once and never after a later one (§5.1, §5.4.4).
/// </summary>
public sealed class HandshakeWatch : Watch
{
    private static readonly TimeSpan RekeyTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GreatestRetry = TimeSpan.FromMilliseconds(5_334 + 10);

    private readonly Dictionary<SimulatedPeer, (Instant At, uint Index)> _last = [];
    private readonly Dictionary<ulong, (SimulatedPeer Sender, long Order)> _initiations = [];
    private readonly Dictionary<SimulatedPeer, (SimulatedPeer Sender, long Order)> _accepted = [];
    private readonly HashSet<(ulong Fingerprint, int Node)> _genuine = [];
    private readonly List<double> _retries = [];
    private long _order;

    public long Initiations { get; private set; }

    public long Sessions { get; private set; }

    public long Retries => _retries.Count;

    /// <summary>The attacker knows public keys too: a message of its own making with a right mac1.</summary>
    public void Forged(SimulatedNode to, ReadOnlySpan<byte> datagram) => _genuine.Add((WithoutMac2(datagram), to.Number));

    public override void Sent(SimulatedPeer peer, MessageType type, ReadOnlySpan<byte> datagram)
    {
        if (type is MessageType.Initiation or MessageType.Response)
            _genuine.Add((WithoutMac2(datagram), peer.Remote.Number));
        if (type != MessageType.Initiation)
            return;
        Initiations++;
        _initiations[WithoutMac2(datagram)] = (peer, _order++);
        var now = peer.Node.Clock.Now;
        if (_last.TryGetValue(peer, out var last))
        {
            var gap = now - last.At;
            if (gap < RekeyTimeout)
                Fail(peer, $"sent an initiation {gap} after another");
            if (gap < GreatestRetry)
                _retries.Add(gap.TotalSeconds);
            if (peer.Node.Indices.TryGetTunnel(last.Index, out _) && peer.Keypair(last.Index) is null)
                Fail(peer, "has two handshakes in flight");
        }

        _last[peer] = (now, MessageHeader.SenderIndex(datagram));
    }

    public override void PassedMac1(SimulatedNode node, ReadOnlySpan<byte> datagram)
    {
        if (!_genuine.Contains((WithoutMac2(datagram), node.Number)))
            throw new SimulationException($"{node}: let a {MessageHeader.Classify(datagram)} with a wrong mac1 pass");
    }

    public override void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason,
        ReadOnlySpan<byte> datagram, in Path from, in Path before, Keypair? keypair)
    {
        if (reason != DropReason.None || type is not (MessageType.Initiation or MessageType.Response))
            return;
        if (!_genuine.Contains((WithoutMac2(datagram), peer.Node.Number)))
            Fail(peer, $"accepted a {type} that was not sent");
        if (type == MessageType.Response)
        {
            Sessions++;
            return;
        }

        if (!_initiations.TryGetValue(WithoutMac2(datagram), out var initiation) || initiation.Sender.Node != peer.Remote)
            Fail(peer, "accepted an initiation that its peer did not send");
        if (_accepted.TryGetValue(peer, out var accepted) && accepted.Sender == initiation.Sender
            && initiation.Order <= accepted.Order)
            Fail(peer, "accepted an initiation again, or after a later one");
        _accepted[peer] = initiation;
    }

    public override void Finished()
    {
        // Uniform over a third of a second in steps of 100 ns: equal gaps hardly happen, and a hundred cover most of
        // the range.
        if (_retries.Count < 30)
            return;
        if (_retries.Distinct().Count() < _retries.Count / 2 || _retries.Max() - _retries.Min() < 0.15)
        {
            throw new SimulationException(
                $"retries are not jittered: {_retries.Count} between {_retries.Min():F4} and {_retries.Max():F4} s");
        }
    }

    private static ulong WithoutMac2(ReadOnlySpan<byte> datagram) => Fingerprint.Of(datagram[..^16]);
}
