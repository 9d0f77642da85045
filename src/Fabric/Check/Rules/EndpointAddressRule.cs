using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Warren.Config;
using Warren.Config.Documents;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check.Rules;

/// <summary>An endpoint with an address that the host does not have.</summary>
internal sealed class EndpointAddressRule() : CheckRule("endpoint-address", "a peer is dialled at an address that its host does not have")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var host in survey.Hosts)
        {
            var dialled = host.In.Where(link => link.Peer.Endpoint?.Address is not null).ToList();
            if (dialled.Count == 0)
                continue;
            foreach (var link in dialled)
                CheckLink(host, link, dialled, remarks);
        }
    }

    /// <summary>The endpoint with the address that the host is known to have; null when nothing speaks against the one that is written.</summary>
    internal static WrittenEndpoint? Right(Host? host, WrittenEndpoint endpoint)
    {
        if (host is null || endpoint.Address is not { } address)
            return null;
        var known = host.Outer.Where(outer => outer.Address.IsIPv6 == address.IsIPv6).ToList();
        return known.Count == 0 || known.Exists(outer => outer.Address == address) ? null : endpoint with { Host = known[0].Address.ToString() };
    }

    private void CheckLink(Host host, Link link, List<Link> dialled, Remarks remarks)
    {
        var endpoint = link.Peer.Endpoint!;
        var address = endpoint.Address!.Value;
        if (host.Has(address))
        {
            remarks.Error(this, endpoint.Place.Position, $"the endpoint {address} is the address of {host.Name} inside of the tunnel: it is reached only when the tunnel is already up",
                "Endpoint = the address outside of the tunnel, and the port");
            return;
        }

        var known = host.Outer.Where(outer => outer.Address.IsIPv6 == address.IsIPv6).ToList();
        if (known.Count > 0)
        {
            if (!known.Exists(outer => outer.Address == address))
            {
                Tell(remarks, Severity.Error, link, host, known[0].Address,
                    $"{host.ShortName} has {known[0].Address} ({Remarks.At(known[0].Position)}{Others(dialled, known[0].Address)})", known[0].Position);
            }

            return;
        }

        // Nobody says where the host is. When all who dial it but one agree, that one is worth a word.
        if (Prefixes.IsPrivate(address) || dialled.Count < 3)
            return;
        var agree = dialled.Where(other => other.Peer.Endpoint!.Address != address && other.Peer.Endpoint.Address!.Value.IsIPv6 == address.IsIPv6 && !Prefixes.IsPrivate(other.Peer.Endpoint.Address.Value)).ToList();
        var first = agree.FirstOrDefault();
        if (first is not null && agree.Count == dialled.Count - 1 && agree.TrueForAll(other => other.Peer.Endpoint!.Address == first.Peer.Endpoint!.Address))
        {
            var there = first.Peer.Endpoint!;
            Tell(remarks, Severity.Warning, link, host, there.Address!.Value, $"all others dial {host.ShortName} at {there.Address} ({Remarks.At(there.Place.Position)})", there.Place.Position);
        }
    }

    private void Tell(Remarks remarks, Severity severity, Link link, Host host, IpAddress right, string evidence, Config.Language.SourcePosition other)
    {
        var endpoint = link.Peer.Endpoint!;
        var bare = right.IsIPv6 ? $"[{right}]" : right.ToString();
        var port = endpoint.Port ?? (host.Ports.Count > 0 ? host.Ports[0] : null);
        var line = port is null ? bare : string.Create(CultureInfo.InvariantCulture, $"{bare}:{port}");
        remarks.Add(this, severity, endpoint.Place.Position, $"{link.From.ShortName} dials {host.ShortName} at {endpoint.Address}, but {evidence}: handshakes go to somebody else",
            (link.Version.Form == TunnelForm.Authority ? "ip " + right : (link.Version.Form == TunnelForm.NetworkManager ? "endpoint=" : "Endpoint = ") + line),
            link.Version.Form == TunnelForm.Authority ? endpoint.Place.ReplaceWith(right.ToString()) : endpoint.Place.ReplaceWith(line), other);
    }

    private static string Others(List<Link> dialled, IpAddress right) =>
        dialled.Find(link => link.Peer.Endpoint!.Address == right) is { } agrees ? $", and {Remarks.At(agrees.Peer.Endpoint!.Place.Position)}" : "";
}
