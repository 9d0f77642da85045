using System.Linq;

namespace Warren.Fabric.Check.Rules;

/// <summary>A preshared key at one end, and another or none at the other.</summary>
internal sealed class PresharedKeyRule() : CheckRule("preshared-key-differs", "the two ends of a tunnel have different preshared keys, or one has none")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var link in survey.Links)
        {
            if (link.Peer.PresharedKey is not { IsKey: true } mine || link.From.Key is not { } key || link.To.PeerWith(key) is null)
                continue;
            var theirs = link.To.Out.Where(back => back.To == link.From).Select(back => back.Peer).ToList();
            if (theirs.Count == 0 || theirs.Exists(peer => peer.HasPresharedKeyElsewhere || (peer.PresharedKey is { } other && other.SaysTheSame(mine))))
                continue;
            var other = theirs[0];
            remarks.Error(this, mine.Position,
                $"the preshared key is not the one that {link.To.ShortName} has for this host ({Remarks.At(other.PresharedKey?.Position ?? other.Position)}{(other.PresharedKey is null ? ": none" : "")}): no handshake succeeds",
                "PresharedKey = one and the same key, from wg genpsk, at both ends", null, other.PresharedKey?.Position ?? other.Position);
        }
    }
}
