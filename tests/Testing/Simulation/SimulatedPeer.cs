using System;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>One end of one tunnel: what an engine does with a <see cref="Tunnel"/>, on one thread and in virtual
/// time.</summary>
public sealed class SimulatedPeer
{
    private const int MostDatagramsAtOnce = 1_000;

    private readonly byte[] _buffer = new byte[2_048];
    private Instant _wakeAt = Instant.Never;

    internal SimulatedPeer(SimulatedNode node, SimulatedNode remote, Tunnel tunnel, int mtu)
    {
        (Node, Remote, Tunnel, Mtu) = (node, remote, tunnel, mtu);
        Tunnel.Owner = this;
    }

    public SimulatedNode Node { get; }

    public SimulatedNode Remote { get; }

    public Tunnel Tunnel { get; }

    public int Mtu { get; }

    /// <summary>False once its node restarted: a ghost that must no longer be heard of.</summary>
    public bool IsAlive { get; internal set; } = true;

    /// <summary>Where the most is asked of: a keypair of this tunnel by our own index.</summary>
    public Keypair? Keypair(uint localIndex) =>
        Node.Indices.TryGetKeypair(localIndex, out var keypair) && keypair!.Tunnel == Tunnel ? keypair : null;

    public override string ToString() => $"{Node.Name}→{Remote.Name}";

    /// <summary>A user sends a packet. <paramref name="leap"/> counters are reserved and all but the last left
    /// unused.</summary>
    internal void Offer(ReadOnlySpan<byte> packet, int leap = 1)
    {
        var now = Node.Clock.Now;
        if (Tunnel.TryReserve(now, leap, out var keypair, out var counter))
        {
            foreach (var watch in Node.Watches)
                watch.Offered(this, packet, keypair);
            if (!keypair.TryAcquire())
                Fail("a reserved keypair was dead");
            keypair.Release();
            var padded = MessageHeader.PaddedLength(packet.Length, Mtu);
            var length = keypair.Seal(counter + (ulong)leap - 1, packet, padded, _buffer);
            keypair.Release();
            Transmit(_buffer.AsSpan(0, length));
            Tunnel.Sent(now, keypair, 1);
        }
        else
        {
            foreach (var watch in Node.Watches)
                watch.Offered(this, packet, null);
            Tunnel.Stage(now, packet, Mtu);
        }

        Settle();
    }

    /// <summary>Sends what is due and sets the alarm for the next deadline.</summary>
    internal int Settle()
    {
        var now = Node.Clock.Now;
        var wall = Node.Clock.Wall;
        var count = 0;
        for (; ; count++)
        {
            var output = Tunnel.Poll(now, wall, _buffer);
            if (output.Kind == OutputKind.None)
                break;
            if (count == MostDatagramsAtOnce)
                Fail("has no end of datagrams to send");
            Transmit(_buffer.AsSpan(0, output.Length));
        }

        foreach (var watch in Node.Watches)
            watch.Settled(this);
        SetAlarm(Tunnel.NextDeadline);
        return count;
    }

    /// <summary>Between deadlines a tunnel has nothing to say. If it had, its deadline was wrong.</summary>
    internal void AskEarly()
    {
        if (Node.Clock.Now >= Tunnel.NextDeadline)
            return;
        if (Tunnel.Poll(Node.Clock.Now, Node.Clock.Wall, _buffer).Kind is var kind and not OutputKind.None)
            Fail($"had a {kind} to send before its deadline");
    }

    private void Transmit(ReadOnlySpan<byte> datagram)
    {
        var type = MessageHeader.Classify(datagram);
        foreach (var watch in Node.Watches)
            watch.Sent(this, type, datagram);
        if (Tunnel.HasEndpoint)
            Node.Transmit(Tunnel.Path.Remote, datagram);
    }

    private void SetAlarm(Instant deadline)
    {
        if (_wakeAt == deadline)
            return;
        _wakeAt = deadline;
        Node.Time.At(Node.Clock.TrueTimeOf(deadline) + Node.WakingDelay(), () => Wake(deadline));
    }

    private void Wake(Instant deadline)
    {
        if (_wakeAt != deadline || !IsAlive)
            return; // another deadline came in between
        _wakeAt = Instant.Never;
        if (Node.IsSuspended)
            return; // Resume settles everything
        var count = Settle();
        foreach (var watch in Node.Watches)
            watch.Woken(this, count);
    }

    private void Fail(string what) => throw new SimulationException($"{this}: {what}");
}
