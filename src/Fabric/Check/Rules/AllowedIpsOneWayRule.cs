using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>A host sends to another over a hub, and the other does not take it back.</summary>
internal sealed class AllowedIpsOneWayRule() : CheckRule("allowed-ips-one-way", "a host sends to another over a third, which does not allow its addresses back")
{
    // How many of the others are looked at, for each host: enough to find a mistake, and the cost grows with the hosts, not with their square.
    private const int Others = 64;

    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var hub in survey.Hosts)
        {
            foreach (var from in hub.In)
            {
                if (from.From.Addresses.Count == 0 || from.Peer.AllowedIps.Any(allowed => allowed.Length == 0))
                    continue;
                foreach (var to in survey.Surroundings[hub].ReachedOver(from, Others))
                    CheckPair(hub, from, to, remarks);
            }
        }
    }

    private void CheckPair(Host hub, Link from, Link to, Remarks remarks)
    {
        var sender = from.From;
        var back = to.To.Out.Where(link => link.To == hub).ToList();
        if (back.Count == 0 || back.Exists(link => link.Peer.CoversAny(sender.Addresses)))
            return;

        // Subnets behind the sender may be all that is meant to be reached.
        if (hub.Out.Where(link => link.To == sender).SelectMany(link => link.Peer.AllowedIps).Any(behind => !behind.IsHost && back.Exists(link => link.Peer.AllowedIps.Any(a => a.Prefix.Covers(behind.Prefix)))))
            return;
        var address = sender.Addresses[0];
        if (back[^1].Peer.AllowedIps is not [.., var last])
            return;
        remarks.Warning(this, last.Place.Position,
            $"{sender.ShortName} sends to {to.To.ShortName} over {hub.ShortName} ({Remarks.At(from.Peer.AllowedIps[0].Place.Position)}), but {to.To.ShortName} does not allow {address.Address} from there: its packets are dropped and never answered",
            $"AllowedIPs = {Prefixes.Join([.. back[^1].Peer.AllowedIps.Select(a => a.ToString()), $"{address.Address}/{address.Address.BitLength}"])}",
            back[^1].Version.Form is TunnelForm.Quick or TunnelForm.Networkd ? last.Place.ReplaceWith($"{last.Place}, {address.Address}/{address.Address.BitLength}") : null, from.Peer.AllowedIps[0].Place.Position);
    }
}
