using System.Linq;
using Warren.Config;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>All of IPv4 through the tunnel, and IPv6 beside it.</summary>
internal sealed class Ipv6OutsideRule() : CheckRule("ipv6-outside", "all of IPv4 goes through a tunnel and IPv6 beside it")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            var allowed = tunnel.Peers.SelectMany(peer => peer.AllowedIps).ToList();
            var halves = allowed.Where(prefix => !prefix.Address.IsIPv6 && prefix.Length == 1).ToList();
            var whole = allowed.Find(prefix => !prefix.Address.IsIPv6 && prefix.Length == 0);
            if (whole.Place.Text is null && halves.Count == 2)
                whole = halves[1];
            if (whole.Place.Text is null || tunnel.Form == TunnelForm.Authority || !tunnel.MakesRoutes || allowed.Exists(prefix => prefix.Address.IsIPv6 && prefix.Length <= 3))
                continue;

            // With name servers or IPv6 of its own it is meant for all traffic; without, it may be a way into one network.
            var separator = tunnel.Form == TunnelForm.NetworkManager ? ";" : ", ";
            var name = tunnel.Form == TunnelForm.NetworkManager ? "allowed-ips=" : "AllowedIPs = ";
            remarks.Add(this, tunnel.HasNameServers || tunnel.Addresses.Any(own => own.Address.IsIPv6) ? Severity.Warning : Severity.Info, whole.Place.Position, "all IPv4 goes into the tunnel, but IPv6 goes beside it, in the clear, wherever the host has it",
                $"{name}{whole.Place}{separator}::/0", whole.Place.ReplaceWith($"{whole.Place}{separator}::/0"));
        }
    }
}
