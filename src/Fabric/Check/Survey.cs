using System.Collections.Generic;
using Warren.Config.Documents;
using Warren.Protocol.Keys;

namespace Warren.Fabric.Check;

/// <summary>All that was read, put together: hosts with their versions, who is whose peer, and the networks that makes.</summary>
internal sealed class Survey
{
    internal required IReadOnlyList<CheckedFile> Files { get; init; }

    internal required IReadOnlyList<Document> Documents { get; init; }

    internal required IReadOnlyList<Host> Hosts { get; init; }

    internal required IReadOnlyList<Network> Networks { get; init; }

    internal required IReadOnlyList<Link> Links { get; init; }

    /// <summary>Peers of whom nothing was read.</summary>
    internal required IReadOnlyList<(Host Host, Tunnel Version, TunnelPeer Peer)> Strangers { get; init; }

    /// <summary>The hosts of each private key; more than one when it was copied.</summary>
    internal required IReadOnlyDictionary<PublicKey, List<Host>> Holders { get; init; }

    /// <summary>Every public key that a peer has, and where the first stands.</summary>
    internal required IReadOnlyDictionary<PublicKey, WrittenKey> PeerKeys { get; init; }

    /// <summary>What is beside and behind each host.</summary>
    internal required IReadOnlyDictionary<Host, Surroundings> Surroundings { get; init; }

    /// <summary>Every version of every host.</summary>
    internal IEnumerable<(Host Host, Tunnel Tunnel)> Tunnels()
    {
        foreach (var host in Hosts)
        {
            foreach (var version in host.Versions)
                yield return (host, version);
        }
    }
}
