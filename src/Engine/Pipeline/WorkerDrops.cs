using Warren.Engine.Drops;
using Warren.Linux.Events;
using Warren.Protocol;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Pipeline;

/// <summary>Counts what one worker drops: for the device always, for a peer where one is known.</summary>
/// <remarks>The worker's thread counts, any thread reads. Takes the gate of the peer it is given.</remarks>
internal sealed class WorkerDrops
{
    private readonly DropTable _table = new();

    /// <summary>Outer datagrams of nobody in particular.</summary>
    public void Add(DropReason reason, int size, Endpoint? endpoint = null, PublicKey? key = null, ulong count = 1) =>
        AddToDevice(reason, Evidence(size, endpoint, key, null, null), count);

    /// <summary>A packet from or to inside, of nobody in particular.</summary>
    public void AddInner(DropReason reason, int size, IpAddress? source, IpAddress? destination, ulong count = 1) =>
        AddToDevice(reason, Evidence(size, null, null, source, destination), count);

    /// <summary>A packet of a peer.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="peer">Whose.</param>
    /// <param name="endpoint">Whom it came from; null: the peer's endpoint.</param>
    /// <param name="source">Inner source address, where known.</param>
    /// <param name="destination">Inner destination address, where known.</param>
    /// <param name="count">How many.</param>
    public void Add(
        DropReason reason, int size, Peer peer, Endpoint? endpoint = null, IpAddress? source = null, IpAddress? destination = null,
        ulong count = 1)
    {
        DropEvidence evidence;
        lock (peer.Gate)
        {
            if (endpoint is null && !peer.IsRemoved && peer.Tunnel.HasEndpoint)
                endpoint = peer.Tunnel.Path.Remote;
            evidence = Evidence(size, endpoint, peer.Key, source, destination);
            peer.Drops.Add(reason, evidence, count);
        }

        AddToDevice(reason, evidence, count);
    }

    /// <summary>A copy.</summary>
    public DropRecord[] ToArray()
    {
        lock (_table)
            return _table.ToArray();
    }

    private void AddToDevice(DropReason reason, in DropEvidence evidence, ulong count = 1)
    {
        lock (_table)
            _table.Add(reason, evidence, count);
    }

    private static DropEvidence Evidence(int size, Endpoint? endpoint, PublicKey? key, IpAddress? source, IpAddress? destination)
    {
        RealtimeClock.Now(out var seconds, out var nanoseconds);
        return new DropEvidence(seconds, nanoseconds, size, endpoint, key, source, destination);
    }
}
