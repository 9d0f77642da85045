using Warren.Config;
using Warren.Config.Documents;
using Warren.Config.Language;

namespace Warren.Fabric.Check.Rules;

/// <summary>Hosts that have to pass on packets of others, where nothing says that they do.</summary>
internal sealed class ForwardingRule() : CheckRule("forwarding-unsaid", "a host has to forward, and nothing that was read turns it on")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var host in survey.Hosts)
        {
            if (host.Forwards || host.First.IsFragment)
                continue;
            var around = survey.Surroundings[host];
            if (around.Relayed is var (from, to))
                Tell(remarks, host, $"{from.From.ShortName} reaches {to.To.ShortName} over {host.ShortName} ({Remarks.At(from.Peer.AllowedIps[0].Place.Position)})", from.Peer.AllowedIps[0].Place.Position, to.Peer.AllowedIps[0]);
            else if (around.Behind is [var (prefix, position), ..])
                Tell(remarks, host, $"{prefix} is behind {host.ShortName} ({Remarks.At(position)})", position, prefix.IsIPv6);
            else if (around.FullTunnel is { } all)
                Tell(remarks, host, $"{all.From.ShortName} sends everything to {host.ShortName} ({Remarks.At(all.Peer.Position)})", all.Peer.Position, false);
        }
    }

    private void Tell(Remarks remarks, Host host, string why, SourcePosition other, WrittenPrefix example) => Tell(remarks, host, why, other, example.Address.IsIPv6);

    // An article tells all that is to be done. What a file does not say may be set elsewhere on its host.
    private void Tell(Remarks remarks, Host host, string why, SourcePosition other, bool isIPv6)
    {
        var line = isIPv6 ? "PostUp = sysctl -w net.ipv6.conf.all.forwarding=1" : "PostUp = sysctl -w net.ipv4.ip_forward=1";
        var isProse = host.First.IsInProse;
        remarks.Add(this, isProse ? Severity.Warning : Severity.Info, host.First.Position,
            $"{why}, so it has to forward packets, and nothing {(isProse ? "in this document" : "in the files")} turns that on: without it they are dropped", line,
            isProse && host.First.Form == TunnelForm.Quick ? host.First.Insert(line) : null, other);
    }
}
