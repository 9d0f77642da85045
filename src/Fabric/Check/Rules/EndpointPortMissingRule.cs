using System.Collections.Generic;
using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>An endpoint that is an address alone.</summary>
internal sealed class EndpointPortMissingRule() : CheckRule("endpoint-without-port", "an endpoint has no port")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        var hosts = new Dictionary<TunnelPeer, Host>(ReferenceEqualityComparer.Instance);
        foreach (var link in survey.Links)
            hosts.TryAdd(link.Peer, link.To);
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            foreach (var peer in tunnel.Peers)
            {
                if (peer.Endpoint is not { Port: null } endpoint)
                    continue;
                var host = hosts.GetValueOrDefault(peer);
                var listens = host?.Versions.FirstOrDefault(version => version.ListenPort is not null);
                var why = listens is null ? "" : $"; {host!.ShortName} listens on {listens.ListenPort} ({Remarks.At(listens.ListenPortPosition)})";
                var line = (EndpointAddressRule.Right(host, endpoint) ?? endpoint).With(listens?.ListenPort ?? 51820);
                remarks.Error(this, endpoint.Place.Position, $"the endpoint {endpoint.Place} has no port, and there is no default: the file is refused{why}",
                    listens is null ? $"Endpoint = {endpoint.Host}:PORT, where PORT is the ListenPort there" : $"{(tunnel.Form == TunnelForm.NetworkManager ? "endpoint=" : "Endpoint = ")}{line}",
                    listens is null ? null : endpoint.Place.ReplaceWith(line), listens?.ListenPortPosition ?? default);
            }
        }
    }
}
