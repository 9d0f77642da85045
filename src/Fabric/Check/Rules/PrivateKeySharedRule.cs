using System;
using System.Linq;
using Warren.Config;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>One private key on two hosts.</summary>
internal sealed class PrivateKeySharedRule() : CheckRule("private-key-shared", "two hosts have one private key")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var holders in survey.Holders.Values)
        {
            foreach (var copy in holders.Skip(1))
            {
                // Two interfaces of one machine may share a key, as long as no peer is to tell them apart.
                var isSeen = copy.First.Peers.Any(peer => peer.PublicKey is { IsKey: true } key && holders[0].PeerWith(key.PublicKey) is not null) || copy.In.Count > 0;
                remarks.Add(this, isSeen ? Severity.Error : Severity.Warning, copy.First.PrivateKey!.Position,
                    $"the private key is that of {holders[0].Name}, at another address: to a peer of both, whoever spoke last takes the other's packets, and each can read what is the other's",
                    "PrivateKey = a key of its own, as wg genkey prints it; and its public key where this host is a peer", null, holders[0].First.PrivateKey!.Position);
            }

            foreach (var host in holders)
                CheckNames(host, remarks);
        }
    }

    // Versions of one host, one of which stands where the text speaks of another.
    private void CheckNames(Host host, Remarks remarks)
    {
        var first = host.First;
        foreach (var version in host.Versions.Skip(1))
        {
            if (version.Label is not { } label || host.Label is not { } name || string.Equals(label, name, StringComparison.OrdinalIgnoreCase)
                || version.LabelKind == LabelKind.FileName || version.Source != first.Source)
                continue;
            remarks.Warning(this, version.PrivateKey!.Position,
                $"this block follows words about {label} ({Remarks.At(version.LabelPosition)}), but has the private key and the address of {host.Name}: on {label} it would take {name}'s place; it is right only as a newer version of {name}",
                $"for {label}: PrivateKey = a key of its own, as wg genkey prints it, and an Address of its own", null, first.PrivateKey!.Position);
        }
    }
}
