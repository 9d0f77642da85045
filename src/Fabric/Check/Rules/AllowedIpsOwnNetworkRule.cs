using System.Linq;
using Warren.Config.Documents;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check.Rules;

/// <summary>Allowed IPs with a subnet that is on this side.</summary>
internal sealed class AllowedIpsOwnNetworkRule() : CheckRule("allowed-ips-own-network", "allowed IPs swallow a network of the host itself")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (host, tunnel) in survey.Tunnels())
        {
            if (tunnel.Form == TunnelForm.Authority)
                continue;
            var own = survey.Surroundings[host].Behind;
            foreach (var peer in tunnel.Peers)
            {
                foreach (var allowed in peer.AllowedIps)
                {
                    if (allowed.IsHost && host.Addresses.Any(address => address.Address == allowed.Address))
                    {
                        remarks.Error(this, allowed.Place.Position, $"{allowed.Place} is the address of this host itself: what is sent to the peer's address goes nowhere",
                            "AllowedIPs = the address of the other end, and the subnets behind it");
                    }

                    if (allowed.Length > 0 && own.FirstOrDefault(network => allowed.Prefix.Covers(network.Prefix)) is { Position.IsKnown: true } found)
                        Tell(host, tunnel, peer, allowed, found, remarks);
                }
            }
        }
    }

    private void Tell(Host host, Tunnel tunnel, TunnelPeer peer, WrittenPrefix allowed, (IpPrefix Prefix, SourcePosition Position) own, Remarks remarks)
    {
        var rest = peer.AllowedIps.Where(other => other != allowed).Select(other => other.ToString()).ToList();
        var isWhole = allowed.Prefix == own.Prefix;
        var fix = isWhole && rest.Count > 0 ? $"AllowedIPs = {Prefixes.Join(rest)}" : $"AllowedIPs = {Prefixes.Join([.. rest, $"the subnets of {allowed.Prefix} that are on the other side"])}";
        var what = $"{allowed.Prefix} {(isWhole ? "is" : "holds")} {(isWhole ? "" : own.Prefix + ", ")}the network of {host.ShortName} itself ({Remarks.At(own.Position)})";
        if (!tunnel.MakesRoutes && !tunnel.Routes.Any(route => route.Length > 0 && route.Covers(own.Prefix)))
        {
            remarks.Info(this, allowed.Place.Position, $"{what}: no route leads it astray here, but the peer may send with addresses of this side", fix, own.Position);
            return;
        }

        remarks.Warning(this, allowed.Place.Position,
            $"{what}: {(isWhole ? "a second route to it leads into the tunnel" : "whatever of it has no route of its own goes into the tunnel")}, and the peer may send with addresses of this side",
            fix, isWhole ? Without(peer, allowed) : null, own.Position);
    }

    // The item and one comma beside it, where the list is on one line.
    private static TextEdit? Without(TunnelPeer peer, WrittenPrefix allowed)
    {
        var same = peer.AllowedIps.Where(other => other.Place.Position.Line == allowed.Place.Position.Line).ToList();
        var at = same.IndexOf(allowed);
        if (same.Count < 2 || at < 0)
            return null;
        var start = at == 0 ? allowed.Place.Start : same[at - 1].Place.Start + same[at - 1].Place.Text.Length;
        var end = at == 0 ? same[1].Place.Start : allowed.Place.Start + allowed.Place.Text.Length;
        return new TextEdit(allowed.Place.Position.Source!, start, end - start, "");
    }
}
