using System;
using System.Linq;
using System.Threading.Tasks;
using Warren.Linux.Events;
using Warren.Protocol;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Bench.Throughput.Load;

/// <summary>Makes initiations ahead of time, on all processors, while the engine that will answer them has nothing to do.</summary>
internal sealed class InitiationSupply : IDisposable
{
    /// <summary>One response in this many is verified: a prime, so that every peer's turn comes.</summary>
    public const int VerifiedInterval = 97;

    private readonly Initiator[] _initiators;
    private Tai64N _timestamp;
    private long _made;

    /// <summary>Supplies initiations of <paramref name="peers"/> peers to the holder of <paramref name="remote"/>.</summary>
    public InitiationSupply(int peers, PublicKey remote, Endpoint endpoint)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peers);
        var indices = new IndexTable();
        var random = new KernelRandomSource();
        _initiators = [.. ParallelEnumerable.Range(0, peers).AsOrdered().Select(number => new Initiator(number, remote, endpoint, indices, random))];
        RealtimeClock.Now(out var seconds, out var nanoseconds);
        _timestamp = Tai64N.FromUnix(seconds, nanoseconds);
    }

    /// <summary>Makes <paramref name="rounds"/> initiations of every peer, in the order to send them: a peer's are as far apart as can be.</summary>
    public Initiation[] Make(int rounds)
    {
        var peers = _initiators.Length;
        var made = new Initiation[peers * rounds];
        var messages = new byte[made.Length * MessageSize.Initiation];
        var timestamps = new Tai64N[rounds];
        for (var round = 0; round < rounds; round++) timestamps[round] = _timestamp = _timestamp.Next();
        var now = new Instant(MonotonicClock.Ticks);
        Parallel.For(0, peers, peer =>
        {
            for (var round = 0; round < rounds; round++)
            {
                var i = (round * peers) + peer;
                var message = messages.AsMemory(i * MessageSize.Initiation, MessageSize.Initiation);
                made[i] = _initiators[peer].Make(now, timestamps[round], message, verify: (_made + i) % VerifiedInterval == 0);
            }
        });
        _made += made.Length;
        return made;
    }

    public void Dispose()
    {
        foreach (var initiator in _initiators) initiator.Dispose();
    }
}
