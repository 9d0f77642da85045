using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>A host that only dials out, and yet must be reached at any time.</summary>
internal sealed class KeepaliveMissingRule() : CheckRule("keepalive-missing", "a host that nobody can dial has to be reached at any time, and sends no keepalives")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var link in survey.Links)
        {
            var host = link.From;
            if (link.Peer.Endpoint is null || link.Peer.Keepalive > 0 || link.Version.Form == TunnelForm.Authority || host.In.Any(other => other.Peer.Endpoint is not null))
                continue;

            // Whoever is dialled there must know this host, or it is not known what it wants of it.
            if (host.In.FirstOrDefault(other => other.From == link.To) is not { } back || back.Peer.Keepalive > 0)
                continue;
            var line = link.Version.Form == TunnelForm.NetworkManager ? "persistent-keepalive=25" : "PersistentKeepalive = 25";
            if (survey.Surroundings[host].Behind is [var (prefix, position), ..])
            {
                remarks.Warning(this, link.Peer.Position,
                    $"{host.ShortName} serves {prefix} ({Remarks.At(position)}), but {link.To.ShortName} has no endpoint of it and it sends no keepalives: behind NAT it is reached only for a while after it sent something itself",
                    line, link.Version.Insert(link.Peer, line), position);
            }
            else if (link.To.In.FirstOrDefault(other => other.From != host && other.Peer.Keepalive == 0 && other.Peer.CoversAny(host.Addresses)) is { } caller)
            {
                remarks.Info(this, link.Peer.Position,
                    $"{caller.From.ShortName} may send to {host.ShortName} over {link.To.ShortName} ({Remarks.At(caller.Peer.Position)}), and neither sends keepalives: if they are behind NAT, each is reached only for a while after it sent something itself",
                    line, caller.Peer.Position);
            }
        }
    }
}
