using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Engine.Pipeline;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Tests.Pipeline;

public class DeadlineQueueTests
{
    private const long Grain = TimeSpan.TicksPerSecond / 16;

    [Fact]
    public void Peers_come_in_the_order_of_their_true_deadlines()
    {
        var random = new Random(7);
        var queue = new DeadlineQueue();
        using var identity = new LocalIdentity(PrivateKey.Generate(SystemRandom.Shared), Primitives.Managed);
        var peers = Enumerable.Range(0, 200).Select(_ => NewPeer(identity)).ToList();

        // Deadlines move back and forth, some go away; some peers are taken out.
        for (var i = 0; i < 2000; i++)
        {
            var peer = peers[random.Next(peers.Count)];
            SetDeadline(peer, random.Next(5) > 0 ? new Instant(random.Next(1, 100_000) * Grain) : Instant.Never);
            queue.Note(peer);
            if (random.Next(20) == 0)
                queue.Remove(peer);
        }

        peers.ForEach(queue.Note);
        var expected = peers.Select(static peer => peer.Deadline).Where(static at => at != Instant.Never).Order().ToList();
        var seen = new List<Instant>();
        while (queue.TryTake(new Instant(long.MaxValue - 1), out var peer))
            seen.Add(peer.Deadline);
        Assert.Equal(expected, seen);
        Assert.Equal(Instant.Never, queue.Next());
        peers.ForEach(static peer => peer.Remove());
    }

    [Fact]
    public void A_deadline_that_moved_back_is_not_taken_early()
    {
        var queue = new DeadlineQueue();
        using var identity = new LocalIdentity(PrivateKey.Generate(SystemRandom.Shared), Primitives.Managed);
        var peer = NewPeer(identity);
        SetDeadline(peer, new Instant(100 * Grain));
        queue.Note(peer);
        SetDeadline(peer, new Instant(500 * Grain));
        queue.Note(peer);
        Assert.False(queue.TryTake(new Instant((500 * Grain) - 1), out _));
        Assert.Equal(new Instant(500 * Grain), queue.Next());
        Assert.True(queue.TryTake(new Instant(500 * Grain), out var taken));
        Assert.Same(peer, taken);
        peer.Remove();
    }

    [Fact]
    public void Peers_that_are_due_within_a_sixteenth_of_a_second_share_a_turn()
    {
        var random = new Random(3);
        var queue = new DeadlineQueue();
        using var identity = new LocalIdentity(PrivateKey.Generate(SystemRandom.Shared), Primitives.Managed);
        var peers = Enumerable.Range(0, 100).Select(_ => NewPeer(identity)).ToList();
        foreach (var peer in peers)
        {
            peer.Tunnel.SetPersistentKeepalive(new Instant((160 * Grain) + random.Next(1, (int)Grain + 1)), 1);
            peer.Settle();
            queue.Note(peer);
        }

        Assert.Equal(new Instant(161 * Grain), queue.Next());
        Assert.False(queue.TryTake(new Instant((161 * Grain) - 1), out _));
        Assert.All(peers, _ => Assert.True(queue.TryTake(new Instant(161 * Grain), out var _)));
        peers.ForEach(static peer => peer.Remove());
    }

    // A persistent keepalive turned on is due at once: the one deadline a test can put where it likes.
    private static void SetDeadline(Peer peer, Instant at)
    {
        peer.Tunnel.SetPersistentKeepalive(at, 0);
        if (at != Instant.Never)
            peer.Tunnel.SetPersistentKeepalive(at, 1);
        peer.Settle();
        Assert.Equal(at, peer.Deadline);
    }

    private static Peer NewPeer(LocalIdentity identity)
    {
        using var key = PrivateKey.Generate(SystemRandom.Shared);
        var peer = new Peer(new Tunnel(identity, key.PublicKey, new IndexTable(), Primitives.Managed, SystemRandom.Shared), null!);
        peer.Tunnel.SetEndpoint(default);
        peer.Tunnel.Start(Instant.Zero);
        return peer;
    }
}
