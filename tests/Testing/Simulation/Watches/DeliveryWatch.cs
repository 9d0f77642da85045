using System;
using System.Collections.Generic;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>
/// Nothing is delivered twice, altered, to somebody else, or without having been sent. While the simulation promises a
/// sound network (<see cref="MustArrive"/>), everything sent arrives: at once with a session, else after a handshake.
/// </summary>
public sealed class DeliveryWatch(VirtualTime time) : Watch
{
    // A staged packet waits for a handshake, at worst until RekeyTimeout has passed since the one before, twice when
    // the other end is under load and asks for a cookie first.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(12);

    // A packet sealed in the last second of a session may arrive after the other end, whose clock differs, dropped its
    // half.
    private static readonly TimeSpan SafeAge = TimeSpan.FromSeconds(179);

    private static readonly TimeSpan LongestFlight = Weather.Fair.GreatestDelay;

    private readonly List<Parcel> _parcels = [];
    private readonly Dictionary<SimulatedPeer, Instant> _made = [];
    private int _firstPromised;

    /// <summary>Whether whatever is sent from now on has to arrive.</summary>
    public bool MustArrive { get; set; }

    public long Count => _parcels.Count;

    public long DeliveredCount { get; private set; }

    public long PromisedCount { get; private set; }

    /// <summary>Packets that did not arrive and had the excuse of a new session.</summary>
    public long ExcusedCount { get; private set; }

    /// <summary>The number the next packet has to carry.</summary>
    public long NextNumber => _parcels.Count;

    public override void Offered(SimulatedPeer peer, ReadOnlySpan<byte> packet, Keypair? keypair)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var isSafe = keypair is null || peer.Node.Clock.Now - keypair.Created < SafeAge;
        // A staged packet leaves with the new session: no excuse for that.
        var isExcused = keypair is not null && peer.Remote.TryPeer(peer.Node) is { } other
            && _made.TryGetValue(other, out var made) && time.Now - made <= LongestFlight;
        _parcels.Add(new Parcel(
            peer.Node, peer.Remote, time.Now, packet.Length, MustArrive && isSafe, keypair is null, isExcused));
    }

    public override void Sent(SimulatedPeer peer, MessageType type, ReadOnlySpan<byte> datagram)
    {
        if (type == MessageType.Response)
            ExcuseThoseUnderWayTo(peer);
    }

    public override void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason,
        ReadOnlySpan<byte> datagram, in Path from, in Path before, Keypair? keypair)
    {
        if (type == MessageType.Response && reason == DropReason.None)
            ExcuseThoseUnderWayTo(peer);
    }

    public override void Delivered(SimulatedPeer peer, ReadOnlySpan<byte> packet)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var number = packet.Length < InnerTraffic.LeastLength ? -1 : InnerTraffic.Number(packet);
        if (number < 0 || number >= _parcels.Count)
        {
            Fail(peer, "delivered a packet that nobody sent");
            return;
        }

        var parcel = _parcels[(int)number];
        if (parcel.From != peer.Remote || parcel.To != peer.Node)
            Fail(peer, $"delivered a packet from {parcel.From} to {parcel.To}");
        if (parcel.ArrivedAt is not null)
            Fail(peer, $"delivered packet {number} twice");
        var isIPv6 = packet[0] >> 4 == 6;
        var expected = InnerTraffic.Packet(
            number, parcel.From.InnerAddress(isIPv6, 1), parcel.To.InnerAddress(isIPv6, 1), parcel.Length);
        if (!packet.SequenceEqual(expected))
            Fail(peer, $"delivered packet {number} altered");
        _parcels[(int)number] = parcel with { ArrivedAt = time.Now };
        DeliveredCount++;
    }

    /// <summary>Called when everything promised has had the time to arrive.</summary>
    public void Settle()
    {
        for (; _firstPromised < _parcels.Count; _firstPromised++)
        {
            var parcel = _parcels[_firstPromised];
            if (!parcel.IsPromised)
                continue;
            PromisedCount++;
            if (parcel.IsExcused && parcel.ArrivedAt is null)
            {
                ExcusedCount++;
                continue;
            }

            if (parcel.ArrivedAt is not { } arrived)
                throw new SimulationException($"{parcel.Name(_firstPromised)} never arrived");
            if (arrived - parcel.SentAt > Bound)
                throw new SimulationException($"{parcel.Name(_firstPromised)} took {arrived - parcel.SentAt}");
        }
    }

    /// <summary>The exception stays an exception.</summary>
    public override void Finished()
    {
        if (ExcusedCount > 3 + PromisedCount / 1_000)
            throw new SimulationException($"{ExcusedCount} of {PromisedCount} packets were lost while a session was made");
    }

    private void ExcuseThoseUnderWayTo(SimulatedPeer peer)
    {
        _made[peer] = time.Now;
        for (var i = _parcels.Count - 1; i >= 0 && time.Now - _parcels[i].SentAt <= LongestFlight; i--)
        {
            if (_parcels[i].To == peer.Node && _parcels[i].From == peer.Remote && !_parcels[i].WasStaged)
                _parcels[i] = _parcels[i] with { IsExcused = true };
        }
    }

    private readonly record struct Parcel(
        SimulatedNode From,
        SimulatedNode To,
        Instant SentAt,
        int Length,
        bool IsPromised,
        bool WasStaged,
        bool IsExcused,
        Instant? ArrivedAt = null)
    {
        internal string Name(int number) =>
            $"packet {number} from {From} to {To}, sent at {SentAt - Instant.Zero} over a sound network,";
    }
}
