using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick;
using Warren.Config.Quick.Steps;
using Warren.Protocol.Routing;

namespace Warren.Config.Tests.Quick;

public sealed class UndoPlanTests
{
    [Fact]
    public void Whatever_was_done_has_its_opposite_and_nothing_else_has()
    {
        var all = Everything();
        for (var count = 0; count <= all.Count; count++)
        {
            var done = all.Take(count).ToList();
            var undo = UndoPlan.Build("wg0", done, Rules(done, false), Rules(done, true));
            Assert.Equal(done.OfType<AddLinkStep>().Count(), undo.OfType<DeleteLinkStep>().Count());
            Assert.Equal(done.OfType<AddRuleStep>().Count(), undo.OfType<DeleteRuleStep>().Count());
            Assert.Equal(done.OfType<AddSuppressRuleStep>().Count(), undo.OfType<DeleteSuppressRuleStep>().Count());
            Assert.Equal(done.OfType<SetSysctlStep>().Count(), undo.OfType<SetSysctlStep>().Count());
            Assert.Equal(done.OfType<RunProgramStep>().Count(), undo.OfType<RunProgramStep>().Count());
            Assert.Equal(
                done.OfType<AddFirewallStep>().Count(),
                undo.OfType<DeleteFirewallStep>().Sum(step => step.Script.Split('\n').Length - 1));
        }
    }

    [Fact]
    public void Dns_and_firewall_go_before_the_link()
    {
        var done = Everything();
        var undo = UndoPlan.Build("wg0", done, Rules(done, false), Rules(done, true));
        Assert.IsType<RunProgramStep>(undo[0]);
        Assert.IsType<DeleteFirewallStep>(undo[1]);
        Assert.IsType<DeleteLinkStep>(undo[^1]);
        Assert.Contains("sysctl -q net.ipv4.conf.all.src_valid_mark=0", undo.Select(step => step.Command));
    }

    private static List<QuickStep> Everything()
    {
        var config = QuickParser.Parse("wg0", "[Interface]\nAddress=10.0.0.1/24\nDNS=10.0.0.2\nPreUp=a\nPostUp=b\n[Peer]\n").Config;
        return
        [
            .. UpPlan.Prepare(config),
            .. UpPlan.Raise(config, 1420, DnsTool.Resolvconf),
            .. RoutePlan.Build(config, new() { AllowedIps = [new(IpAddress.V4(0), 0), new(IpAddress.V6(0), 0)], SrcValidMark = "0" }),
            .. UpPlan.Finish(config),
        ];
    }

    private static List<PolicyRule> Rules(IEnumerable<QuickStep> done, bool ipv6)
    {
        var rules = new List<PolicyRule>();
        var priority = 32766u;
        foreach (var step in done)
        {
            if (step is AddRuleStep rule && rule.IsIPv6 == ipv6)
                rules.Insert(0, new(--priority, rule.Table, rule.Table, false));
            if (step is AddSuppressRuleStep suppress && suppress.IsIPv6 == ipv6)
                rules.Insert(0, new(--priority, null, 254, true));
        }

        return rules;
    }
}
