using System;
using System.Text.RegularExpressions;

namespace Warren.Fabric.Check.Rules;

/// <summary>Hooks that open a host to everybody.</summary>
internal sealed partial class HookOpensRule() : CheckRule("hook-opens-everything", "a hook lets in or lets through everything, not only what belongs to the tunnel")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            foreach (var hook in tunnel.Hooks)
            {
                // What a hook takes away again opens nothing.
                foreach (var command in hook.Text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    var (what, fix) = Reason(command);
                    if (what is null)
                        continue;
                    remarks.Warning(this, hook.Position, what, fix);
                    break;
                }
            }
        }
    }

    private static (string? What, string? Fix) Reason(string command)
    {
        if (Policy().Match(command) is { Success: true } policy)
            return ($"the hook sets the policy of {policy.Groups["chain"].Value} to ACCEPT: everything that no rule refuses passes, from any interface", "PostUp = iptables -A FORWARD -i %i -j ACCEPT, for the tunnel alone");
        if (Accept().Match(command) is { Success: true } accept)
            return ($"the hook accepts everything in {accept.Groups["chain"].Value}, from any interface", $"PostUp = iptables -A {accept.Groups["chain"].Value} -i %i -j ACCEPT, for the tunnel alone");
        if (Flush().IsMatch(command))
            return ("the hook removes every rule of the firewall, whoever made it", "remove the line; let the hook delete what it added itself");
        return Off().IsMatch(command) ? ("the hook turns off a protection of the whole host", "remove the line") : default;
    }

    [GeneratedRegex(@"\bip6?tables\b.*\s(?:-P|--policy)\s+(?<chain>FORWARD|INPUT)\s+ACCEPT\b", RegexOptions.CultureInvariant)]
    private static partial Regex Policy();

    [GeneratedRegex(@"^(?:\S*/)?ip6?tables\s+(?:-w\s+)?(?:-A|-I|--append|--insert)\s+(?<chain>FORWARD|INPUT)\s+(?:\d+\s+)?(?:-j|--jump)\s+ACCEPT\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Accept();

    [GeneratedRegex(@"^(?:\S*/)?(?:ip6?tables\s+(?:-t\s+\w+\s+)?(?:-F|--flush)(?:\s+(?:FORWARD|INPUT))?\s*$|nft\s+flush\s+ruleset)", RegexOptions.CultureInvariant)]
    private static partial Regex Flush();

    [GeneratedRegex(@"\b(?:ufw\s+(?:--force\s+)?disable|setenforce\s+0|systemctl\s+(?:stop|disable)\s+(?:firewalld|nftables|ufw)|chmod\s+(?:-R\s+)?0?777)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Off();
}
