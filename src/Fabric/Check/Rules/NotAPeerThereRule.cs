using System.Collections.Generic;
using Warren.Config;

namespace Warren.Fabric.Check.Rules;

/// <summary>A host has another as a peer, which does not have it.</summary>
internal sealed class NotAPeerThereRule() : CheckRule("not-a-peer-there", "a host has another as a peer, but is not one there")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        var known = new HashSet<(Host, Host)>();
        foreach (var link in survey.Links)
            known.Add((link.From, link.To));
        foreach (var link in survey.Links)
        {
            if (!link.IsByKey || link.From.Key is not { } key || link.From.First.IsFragment || link.To.First.IsFragment || !known.Add((link.To, link.From)))
                continue;

            // An article may show the other end without its peers; a file is all there is.
            var isProse = link.To.First.IsInProse;
            var address = link.From.Addresses.Count > 0 ? $"; AllowedIPs = {link.From.Addresses[0].Address}/{link.From.Addresses[0].Address.BitLength}" : "";
            remarks.Add(this, isProse ? Severity.Info : Severity.Error, link.Peer.PublicKey!.Position,
                $"{link.From.ShortName} has {link.To.Name} as a peer, but is not a peer there: its handshakes are not answered", $"there: [Peer] PublicKey = {key}{address}", null, link.To.First.Position);
        }
    }
}
