using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick;
using Warren.Protocol.Routing;

namespace Warren.Config.Tests.Quick;

public sealed class RoutePlanTests
{
    [Fact]
    public void A_prefix_that_a_route_of_the_device_covers_gets_none() =>
        Assert.Equal(
            ["ip -4 route add 10.1.0.0/16 dev wg0"],
            Commands("", new() { AllowedIps = Prefixes("10.0.0.7/32", "10.0.0.0/24", "10.1.0.0/16"), Routes = Prefixes("10.0.0.0/24") }));

    [Fact]
    public void A_longer_prefix_is_routed_before_the_shorter_one_that_would_cover_it() =>
        Assert.Equal(
            ["ip -4 route add 10.0.0.0/24 dev wg0", "ip -4 route add 10.0.0.0/8 dev wg0"],
            Commands("", new() { AllowedIps = Prefixes("10.0.0.0/8", "10.0.0.0/24") }));

    [Fact]
    public void The_first_table_that_both_families_leave_empty_is_taken() =>
        Assert.Equal(
            "wg set wg0 fwmark 51822",
            Commands("", new() { AllowedIps = Prefixes("::/0"), UsedTables = new HashSet<uint> { 51820, 51821 } })[0]);

    [Fact]
    public void A_mark_of_the_configuration_is_the_table() =>
        Assert.Equal(
            [
                "ip -6 rule add not fwmark 1234 table 1234", "ip -6 rule add table main suppress_prefixlength 0",
                "ip -6 route add ::/0 dev wg0 table 1234", "nft -f /dev/fd/63",
            ],
            Commands("", new() { AllowedIps = Prefixes("::/0"), FwMark = 1234 }));

    [Fact]
    public void A_parameter_that_is_set_already_is_left_alone() =>
        Assert.DoesNotContain(
            Commands("", new() { AllowedIps = Prefixes("0.0.0.0/0"), SrcValidMark = "1" }),
            command => command.StartsWith("sysctl", System.StringComparison.Ordinal));

    [Fact]
    public void A_named_table_is_written_as_named() =>
        Assert.Equal(["ip -4 route add 0.0.0.0/0 dev wg0 table vpn"], Commands("Table = vpn", new() { AllowedIps = Prefixes("0.0.0.0/0") }));

    [Theory]
    [InlineData(new[] { 1500, 1280 }, 9000, 1200)]
    [InlineData(new int[0], 9000, 8920)]
    [InlineData(new int[0], null, 1420)]
    [InlineData(new[] { 65536 }, null, 65455)]
    public void The_smallest_way_decides_the_mtu(int[] endpoints, int? route, int mtu) =>
        Assert.Equal(mtu, MtuChoice.Choose(endpoints, route));

    private static List<string> Commands(string line, UpState state) => RoutePlan
        .Build(QuickParser.Parse("wg0", $"[Interface]\n{line}\n").Config, state)
        .Select(step => step.Command)
        .ToList();

    private static List<IpPrefix> Prefixes(params string[] texts) =>
        texts.Select(text => IpPrefix.TryParse(text, out var prefix) ? prefix : throw new System.FormatException(text)).ToList();
}
