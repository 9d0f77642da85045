using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class HookOpensRuleTests
{
    [Fact]
    public void Rejects_hooks_that_open_the_host()
    {
        foreach (var hook in new[] { "iptables -P FORWARD ACCEPT", "iptables -A INPUT -j ACCEPT", "iptables -F", "ufw disable", "nft flush ruleset", "echo 1; ip6tables -I FORWARD 1 -j ACCEPT" })
            Three.Check(one: text => text.Replace("PostUp", $"PostUp = {hook}\nPostUp", StringComparison.Ordinal)).Rejects("hook-opens-everything", "one.conf", Severity.Warning);
    }

    [Fact]
    public void Accepts_hooks_for_the_tunnel()
    {
        foreach (var hook in new[] { "iptables -A FORWARD -i %i -j ACCEPT", "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE", "iptables -D FORWARD -j ACCEPT" })
            Three.Check(one: text => text.Replace("PostUp", $"PostUp = {hook}\nPostUp", StringComparison.Ordinal)).Accepts("hook-opens-everything");
    }
}
