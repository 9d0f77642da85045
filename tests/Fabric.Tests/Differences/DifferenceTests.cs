using System;
using System.Linq;
using Warren.Config.Language;
using Warren.Fabric.Differences;
using Warren.Fabric.Plans;

namespace Warren.Fabric.Tests.Differences;

public sealed class DifferenceTests
{
    private const string Small = """
        authority
          tenant a
          exit
          service web
            address 192.0.2.0/24
            address 198.51.100.0/24
            access-policy a
            exit
          exit
          router r1
            node n1
              device-interface lan
                network-interface lan
                  tenant a
                  address 10.0.0.1
                    prefix-length 24
                    gateway 10.0.0.254
                  exit
                exit
              exit
            exit
          exit

        """;

    [Fact]
    public void The_same_has_no_differences() => Assert.Equal("# No differences\n", ConfigDifference.Commands(Text.Parse(Small), Text.Parse(Small)));

    [Fact]
    public void Differences_are_commands_within_their_ancestors()
    {
        var after = Text.Parse(Small.Replace("address 198.51.100.0/24", "address 203.0.113.0/24", StringComparison.Ordinal)
            .Replace("tenant a\n  exit", "tenant a\n  exit\n  tenant b\n  exit", StringComparison.Ordinal).Replace("          gateway 10.0.0.254\n", "", StringComparison.Ordinal));
        Assert.Equal(
            """
            config

                authority

                    tenant b
                        name  b
                    exit

                    service web
                        name  web
                        delete address force 198.51.100.0/24
                        address  203.0.113.0/24
                    exit

                    router r1
                        name  r1

                        node n1
                            name  n1

                            device-interface lan
                                name  lan

                                network-interface lan
                                    name  lan

                                    address 10.0.0.1
                                        ip-address  10.0.0.1
                                        delete gateway force
                                    exit
                                exit
                            exit
                        exit
                    exit
                exit
            exit

            """,
            ConfigDifference.Commands(Text.Parse(Small), after));
    }

    [Fact]
    [Trait("Category", "Property")]
    public void Commands_turn_the_one_into_the_other_and_swapped_they_turn_it_back()
    {
        for (var seed = 0; seed < 120; seed++)
        {
            var (before, after) = (Text.Parse(new RandomAuthority(seed).Text), Text.Parse(new RandomAuthority(seed + 7).Text));
            Assert.True(Apply(before, after).SaysTheSame(after), $"seed {seed}");
            Assert.True(Apply(after, before).SaysTheSame(before), $"seed {seed}, back");
        }
    }

    [Fact]
    public void Secrets_are_masked_and_a_mask_read_back_changes_nothing()
    {
        const string peer = "router r1 wireguard-profile w peer p preshared-key Yz1fRCHzvWfBZzxrxsVlXhc1JyYhFOFRHwfV/WYdNqs=\n";
        var (before, after) = (Text.Parse(Small), Text.Parse(Small + peer));
        var text = ConfigDifference.Commands(before, after);
        Assert.DoesNotContain("Yz1f", text, StringComparison.Ordinal);
        Assert.Contains("preshared-key  ********", text, StringComparison.Ordinal);
        Assert.Contains("Yz1f", ConfigDifference.Commands(before, after, secrets: true), StringComparison.Ordinal);
        var again = ConfigParser.Merge(after, new SourceText("shown", ConfigFormatter.Format(after)));
        Assert.Empty(again.Findings);
        Assert.True(again.Root.SaysTheSame(after));
    }

    [Fact]
    public void A_tenant_that_gains_and_loses_a_service_is_told_with_a_packet()
    {
        var before = Plan(Small);
        var after = Plan(Small.Replace("address 198.51.100.0/24", "transport tcp\nport-range 80\nexit\nexit", StringComparison.Ordinal));
        var lost = Assert.Single(ReachabilityDifference.Between(before, after));
        Assert.False(lost.IsGained);
        Assert.Equal(("a", "web"), (lost.Tenant, lost.Service));
        Assert.True(PlanLookup.Decide(before, lost.Example).Passes);
        Assert.False(PlanLookup.Decide(after, lost.Example).Passes);
        var gained = Assert.Single(ReachabilityDifference.Between(after, before));
        Assert.True(gained.IsGained);
        Assert.Empty(ReachabilityDifference.Between(before, before));
        Assert.Contains(PlanDifference.Between(before, after), line => line is { Heading: "services", IsNew: true } && line.Text.Contains("tcp/80", StringComparison.Ordinal));
        Assert.Empty(PlanDifference.Between(before, before));
    }

    [Fact]
    [Trait("Category", "Property")]
    public void Examples_of_reachability_are_true_at_random()
    {
        var seen = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var (before, after) = (Plan(new RandomAuthority(seed).Text), Plan(new RandomAuthority(seed + 1).Text));
            foreach (var change in ReachabilityDifference.Between(before, after))
            {
                seen++;
                var (was, becomes) = (PlanLookup.Decide(before, change.Example), PlanLookup.Decide(after, change.Example));
                Assert.True(change.IsGained ? !was.Passes && becomes.Passes : was.Passes && !becomes.Passes, $"seed {seed}: {change}: {was.Verdict} → {becomes.Verdict}");
            }
        }

        Assert.True(seen > 50, $"{seen} changes");
    }

    [Fact]
    public void Ids_stay_what_they_were()
    {
        var before = Plan(Small);
        var after = Compile(Small + "service aaa\naddress 203.0.113.0/24\naccess-policy a\nexit\nexit\nrouter r1 node n1 device-interface a0 network-interface a0 address 10.9.9.9\nexit\n", before);
        Assert.Equal(before.Interfaces.Single().Id, after.Interfaces.Single(of => of.Name == "lan").Id);
        foreach (var entry in before.Entries)
            Assert.Contains(entry, after.Entries);
    }

    [Theory]
    [InlineData("hunt", false)]
    [InlineData("proportional", true)]
    public void Several_routes_of_a_service_stand_in_for_each_other_or_share(string strategy, bool isShared)
    {
        var plan = Plan($"{Small}service-policy p lb-strategy {strategy}\nservice web service-policy p\nrouter r1 service-route q1 service-name web\nrouter r1 service-route q1 nat-target 10.0.0.7\n"
            + "router r1 service-route q2 service-name web\nrouter r1 service-route q2 nat-target 10.0.0.8\n");
        var first = plan.Entries.Single(entry => entry.Route == "q1");
        Assert.Equal([plan.Entries.Single(entry => entry.Route == "q2").Id], first.Others);
        Assert.Equal(isShared, first.IsProportional);
        Assert.All(plan.Services.Where(row => row.Entry != 0), row => Assert.Equal(first.Id, row.Entry));
    }

    private static ConfigNode Apply(ConfigNode before, ConfigNode after)
    {
        var text = ConfigDifference.Commands(before, after, secrets: true);
        var merged = ConfigParser.Merge(before, new SourceText("difference", text));
        Assert.True(merged.Findings.Count == 0, $"{string.Join("\n", merged.Findings)}\n{text}");
        return merged.Root;
    }

    private static NodePlan Plan(string text) => Compile(text, null);

    private static NodePlan Compile(string text, NodePlan? before)
    {
        var authority = Text.Effective(text);
        return PlanCompiler.Compile(authority, authority.Routers[0], authority.Routers[0].Nodes[0], before).Plan!;
    }
}
