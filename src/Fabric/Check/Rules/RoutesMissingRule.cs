using System.Linq;
using Warren.Config;
using Warren.Config.Documents;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check.Rules;

/// <summary>Allowed IPs to which no route leads.</summary>
internal sealed class RoutesMissingRule() : CheckRule("routes-missing", "nothing makes routes for allowed IPs")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (host, tunnel) in survey.Tunnels())
        {
            if (tunnel.MakesRoutes || tunnel.IsFragment || (tunnel.Form == TunnelForm.Networkd && tunnel.HasAddressesElsewhere))
                continue;
            var own = survey.Surroundings[host].Behind;
            var routes = new PrefixIndex<bool>();
            foreach (var route in tunnel.Routes.Concat(tunnel.Addresses.Select(address => address.Prefix)).Concat(own.Select(network => network.Prefix)))
                routes.TryAdd(route, true, out _);
            var reached = tunnel.Peers.SelectMany(peer => peer.AllowedIps);
            if (reached.FirstOrDefault(allowed => !routes.Covering(allowed.Prefix).Any() && !tunnel.Routes.Any(route => route.Length > 0 && allowed.Prefix.Covers(route))) is not { Place.Text: not null } missing)
                continue;

            // Routing daemons take Table=off and everything allowed; and so does who makes routes by other means than hooks.
            var isDynamic = missing.Length == 0;
            remarks.Add(this, isDynamic || tunnel.Routes.Count > 0 ? Severity.Info : Severity.Warning, tunnel.Table?.Position ?? missing.Place.Position,
                $"{Why(tunnel)}, and nothing else makes a route to {missing.Prefix} ({Remarks.At(missing.Place.Position)}): packets to it do not go into the tunnel{(isDynamic ? ", unless a routing daemon sees to it" : "")}",
                Fix(tunnel, missing.Prefix), isDynamic || tunnel.Routes.Count > 0 || tunnel.Form != TunnelForm.Quick ? null : tunnel.Insert(Fix(tunnel, missing.Prefix)), missing.Place.Position);
        }
    }

    private static string Why(Tunnel tunnel) => tunnel.Form switch
    {
        TunnelForm.Quick => "Table = off makes no routes",
        TunnelForm.NetworkManager => "peer-routes=false makes no routes",
        _ => "networkd makes no routes of allowed IPs without RouteTable",
    };

    private static string Fix(Tunnel tunnel, IpPrefix prefix) => tunnel.Form switch
    {
        TunnelForm.Quick => $"PostUp = ip {(prefix.IsIPv6 ? "-6" : "-4")} route add {prefix} dev %i",
        TunnelForm.NetworkManager => "peer-routes=true",
        _ => "RouteTable=main",
    };
}
