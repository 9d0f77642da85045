using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Config.Quick;
using Warren.Config.Quick.Steps;

namespace Warren.Config.Tests.Quick;

public sealed class OwnRulesTests
{
    // The kernel puts each new rule in front of all but the first.
    private static List<PolicyRule> Host(IEnumerable<uint> tunnels)
    {
        var rules = new List<PolicyRule> { new(32766, null, 254, false), new(32767, null, 253, false) };
        foreach (var table in tunnels)
        {
            rules.Insert(0, new(rules[0].Priority - 1, table, table, false));
            rules.Insert(0, new(rules[0].Priority - 1, null, 254, true));
        }

        return rules;
    }

    [Fact]
    public void The_only_tunnel_leaves_nothing() =>
        Assert.Equal(
            ["ip -4 rule delete table 51820", "ip -4 rule delete table main suppress_prefixlength 0"],
            OwnRules.Delete(false, 51820, Host([51820])).Select(step => step.Command));

    [Fact]
    public void With_two_tunnels_the_command_names_the_priority() =>
        Assert.Equal(
            ["ip -6 rule delete table 51820", "ip -6 rule delete pref 32764 table main suppress_prefixlength 0"],
            OwnRules.Delete(true, 51820, Host([51820, 51821])).Select(step => step.Command));

    [Fact]
    public void A_suppressing_rule_that_another_tunnel_stands_on_is_kept()
    {
        // As wg-quick leaves it when it deleted the other's own.
        List<PolicyRule> rules = [new(10, null, 254, true), new(11, 51821, 51821, false), new(20, 51820, 51820, false)];
        Assert.Equal(["ip -4 rule delete table 51821"], OwnRules.Delete(false, 51821, rules).Select(step => step.Command));
        Assert.Equal(["ip -4 rule delete table 51820"], OwnRules.Delete(false, 51820, rules).Select(step => step.Command));
    }

    [Fact]
    public void A_lookup_of_the_users_own_into_the_table_is_not_ours()
    {
        List<PolicyRule> rules = [new(5, null, 51820, false), .. Host([51820])];
        Assert.DoesNotContain(OwnRules.Delete(false, 51820, rules), step => step is DeleteRuleStep { Priority: 5 });
    }

    [Fact]
    public void Tunnels_taken_down_in_any_order_leave_each_other_whole()
    {
        var orders = Gen.Shuffle<uint>([51820, 51821, 51822, 51823]).ToArbitrary();
        Prop.ForAll(orders, orders, (up, down) =>
        {
            var rules = Host(up);
            var alive = up.ToList();
            foreach (var table in down)
            {
                foreach (var step in OwnRules.Delete(false, table, rules))
                {
                    var priority = step is DeleteRuleStep lookup ? lookup.Priority : ((DeleteSuppressRuleStep)step).Priority;
                    Assert.Equal(1, rules.RemoveAll(rule => rule.Priority == priority));
                }

                alive.Remove(table);
                foreach (var other in alive)
                {
                    var own = rules.FindIndex(rule => rule.NotFwMark == other);
                    Assert.True(rules[own - 1].SuppressesDefault);
                }
            }

            Assert.Equal(Host([]), rules);
        }).QuickCheckThrowOnFailure();
    }
}
