using System;
using System.IO;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>Folds everything that happens into one number: two runs of one seed must end with the same. Also tells it,
/// line by line, when there is a log.</summary>
public sealed class TraceWatch(VirtualTime time, TextWriter? log) : Watch
{
    public ulong Hash { get; private set; }

    public override void Booted(SimulatedNode node) => Tell(1, node.Number, default, log is null ? null : $"{node} boots");

    public override void Offered(SimulatedPeer peer, ReadOnlySpan<byte> packet, Keypair? keypair) =>
        Tell(2, peer.Node.Number, packet, log is null ? null :
            $"{peer} is given packet {InnerTraffic.Number(packet)}{(keypair is null ? ", staged" : "")}");

    public override void Sent(SimulatedPeer peer, MessageType type, ReadOnlySpan<byte> datagram) =>
        Tell(3, peer.Node.Number, datagram, log is null ? null :
            $"{peer} sends {Describe(type, datagram)} to {peer.Tunnel.Path.Remote}");

    public override void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason,
        ReadOnlySpan<byte> datagram, in Protocol.Routing.Path from, in Protocol.Routing.Path before, Keypair? keypair) =>
        Tell(4 + (ulong)reason, peer.Node.Number, datagram, log is null ? null :
            $"{peer} judges {Describe(type, datagram)} from {from.Remote}: {reason}");

    public override void Replied(SimulatedNode node, ReadOnlySpan<byte> cookieReply) =>
        Tell(0, node.Number, cookieReply, log is null ? null : $"{node} asks for a cookie");

    public override void Delivered(SimulatedPeer peer, ReadOnlySpan<byte> packet)
    {
        if (log is not null)
            Note($"{peer} delivers packet {InnerTraffic.Number(packet)}");
    }

    /// <summary>Something the watches do not see: a change of weather, a misfortune.</summary>
    public void Note(string what) => log?.WriteLine($"{time.Now - Instant.Zero:g} {what}");

    private static string Describe(MessageType type, ReadOnlySpan<byte> datagram) => type == MessageType.Transport
        ? $"Transport {MessageHeader.ReceiverIndex(datagram):x8}#{MessageHeader.Counter(datagram)} ({datagram.Length} bytes)"
        : $"{type}";

    private void Tell(ulong kind, int node, ReadOnlySpan<byte> bytes, string? what)
    {
        Hash = Fingerprint.Mix(Hash, (ulong)time.Now.Ticks);
        Hash = Fingerprint.Mix(Hash, kind << 8 | (uint)node);
        Hash = Fingerprint.Mix(Hash, Fingerprint.Of(bytes));
        if (what is not null)
            Note(what);
    }
}
