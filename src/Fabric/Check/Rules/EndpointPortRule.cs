using System;
using System.Globalization;
using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>An endpoint with a port on which nobody listens there, or where nobody can know on which.</summary>
internal sealed class EndpointPortRule() : CheckRule("endpoint-port", "a peer is dialled at a port on which its host does not listen")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var link in survey.Links)
        {
            if (link.Peer.Endpoint is not { Port: { } port } endpoint || link.To.Ports.Count == 0 || link.To.Ports.Contains(port) || Redirects(link.To))
                continue;
            var listens = link.To.Versions.First(version => version.ListenPort is not null);
            var line = endpoint.With(listens.ListenPort!.Value);
            var text = link.Version.Form switch
            {
                TunnelForm.Authority => $"port {listens.ListenPort}",
                TunnelForm.NetworkManager => $"endpoint={line}",
                _ => $"Endpoint = {line}",
            };
            remarks.Error(this, endpoint.Place.Position,
                string.Create(CultureInfo.InvariantCulture, $"{link.From.ShortName} dials {link.To.ShortName} at port {port}, but it listens on {listens.ListenPort} ({Remarks.At(listens.ListenPortPosition)}): nobody answers"),
                text, link.Version.Form == TunnelForm.Authority ? null : endpoint.Place.ReplaceWith(line), listens.ListenPortPosition);
        }
    }

    // A hook there that sends another port to this one.
    private static bool Redirects(Host host) => host.Versions.Any(version => version.Hooks.Any(hook =>
        hook.Text.Contains("PREROUTING", StringComparison.Ordinal) && (hook.Text.Contains("REDIRECT", StringComparison.Ordinal) || hook.Text.Contains("DNAT", StringComparison.Ordinal))));
}
