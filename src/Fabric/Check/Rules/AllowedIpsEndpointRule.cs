using System.Linq;
using Warren.Config.Documents;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check.Rules;

/// <summary>Allowed IPs that take the tunnel's own packets into the tunnel.</summary>
internal sealed class AllowedIpsEndpointRule() : CheckRule("allowed-ips-endpoint", "allowed IPs swallow the endpoint of a peer: the tunnel's own packets go into the tunnel")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            if (!tunnel.MakesRoutes || tunnel.Form == TunnelForm.Authority || IsOwnTable(tunnel))
                continue;
            var index = new PrefixIndex<WrittenPrefix>();
            foreach (var allowed in tunnel.Peers.SelectMany(peer => peer.AllowedIps))
                index.TryAdd(allowed.Prefix, allowed, out _);
            foreach (var endpoint in tunnel.Peers.Select(peer => peer.Endpoint).Where(endpoint => endpoint?.Address is not null))
            {
                var address = endpoint!.Address!.Value;

                // All addresses at once have rules of their own, that keep the tunnel's packets out of it.
                var (prefix, place) = index.Covering(new IpPrefix(address, address.BitLength)).LastOrDefault(entry => entry.Prefix.Length > 0);
                if (place.Place.Text is null || tunnel.Addresses.Any(own => own.Address == address))
                    continue;

                // In a wide private network a narrower route may lead to the endpoint.
                remarks.Add(this, Prefixes.IsPrivate(address) && prefix.Length < 16 ? Config.Severity.Warning : Config.Severity.Error, place.Place.Position,
                    $"{prefix} holds the endpoint {address} ({Remarks.At(endpoint.Place.Position)}): the tunnel's own packets to it are routed into the tunnel and never leave",
                    prefix.Length == 1 ? "AllowedIPs = 0.0.0.0/0, ::/0, for which wg-quick makes an exception for the tunnel's own packets" : $"AllowedIPs without {prefix}, or PostUp = ip route add {address} via the gateway of this host",
                    null, endpoint.Place.Position);
            }
        }
    }

    private static bool IsOwnTable(Tunnel tunnel) => tunnel.Table is { } table && uint.TryParse(table.Text, out _);
}
