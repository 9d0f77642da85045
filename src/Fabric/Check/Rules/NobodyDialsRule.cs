using System.Linq;

namespace Warren.Fabric.Check.Rules;

/// <summary>Two ends of which neither knows where the other is.</summary>
internal sealed class NobodyDialsRule() : CheckRule("nobody-dials", "neither end of a tunnel has an endpoint of the other")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var link in survey.Links)
        {
            if (link.Peer.Endpoint is not null || link.From.First.IsFragment)
                continue;
            var back = link.To.Out.Where(other => other.To == link.From).ToList();
            var dialled = link.From.Out.Any(other => other.To == link.To && other.Peer.Endpoint is not null);
            if (back.Count == 0 || dialled || back.Exists(other => other.Peer.Endpoint is not null))
                continue;

            // Told once, at the end that was read first.
            if (link.Peer.Position.Source == back[0].Peer.Position.Source ? link.Peer.Position.Line > back[0].Peer.Position.Line : link.To.In.Count > link.From.In.Count)
                continue;
            remarks.Error(this, link.Peer.Position, $"{link.From.ShortName} has no Endpoint of {link.To.ShortName}, nor the other way round ({Remarks.At(back[0].Peer.Position)}): nobody can begin",
                "Endpoint = ADDRESS:PORT of the end that can be reached from outside; and PersistentKeepalive = 25 at the end behind NAT", null, back[0].Peer.Position);
        }
    }
}
