using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick;
using Warren.Config.Quick.Steps;
using Warren.Protocol.Routing;

namespace Warren.Config.Tests.Quick;

/// <summary>The sequences that wg-quick itself prints for the same configuration and the same host.</summary>
public sealed class PlanGoldenTests
{
    private const string FullTunnel = """
        [interface]
        PrivateKey = PPPP=  # secret
        Address = 10.9.0.2/24, fd00:9::2/64
        dns = 10.9.0.1, fd00:9::1, corp.example
        PreUp = echo pre %i # kept comment
        PostUp = echo post %i
        PreDown = true
        PostDown = echo bye
        [Peer]
        # hub
        PublicKey = K1
        AllowedIPs = 0.0.0.0/0, ::/0

        """;

    private const string Begin = """
        [#] ip link add dev wgt type wireguard
        [#] echo pre wgt # kept comment
        [#] wg addconf wgt /dev/fd/N
           | [interface]
           | PrivateKey = PPPP=  # secret
           | [Peer]
           | # hub
           | PublicKey = K1
           | AllowedIPs = 0.0.0.0/0, ::/0
           | 

        """;

    private static readonly UpState Host = new()
    {
        AllowedIps = Prefixes("0.0.0.0/0", "::/0", "172.16.5.0/28", "10.9.0.0/24"),
        Addresses = [Address("10.9.0.2"), Address("fd00:9::2")],
        Routes = Prefixes("10.9.0.0/24", "fd00:9::/64"),
        SrcValidMark = "0",
    };

    [Fact]
    public void A_up_routes_both_families_and_sets_dns()
    {
        Assert.Equal(
            Begin + """
            [#] ip -4 address add 10.9.0.2/24 dev wgt
            [#] ip -6 address add fd00:9::2/64 dev wgt
            [#] ip link set mtu 1412 up dev wgt
            [#] resolvconf -a wgt -m 0 -x
               | nameserver 10.9.0.1
               | nameserver fd00:9::1
               | search corp.example
            [#] ip -4 route add 172.16.5.0/28 dev wgt
            [#] wg set wgt fwmark 51820
            [#] ip -6 rule add not fwmark 51820 table 51820
            [#] ip -6 rule add table main suppress_prefixlength 0
            [#] ip -6 route add ::/0 dev wgt table 51820
            [#] nft -f /dev/fd/N
               | add table ip6 wg-quick-wgt
               | add chain ip6 wg-quick-wgt preraw { type filter hook prerouting priority -300; }
               | add chain ip6 wg-quick-wgt premangle { type filter hook prerouting priority -150; }
               | add chain ip6 wg-quick-wgt postmangle { type filter hook postrouting priority -150; }
               | add rule ip6 wg-quick-wgt preraw iifname != "wgt" ip6 daddr fd00:9::2 fib saddr type != local drop
               | add rule ip6 wg-quick-wgt postmangle meta l4proto udp mark 51820 ct mark set mark 
               | add rule ip6 wg-quick-wgt premangle meta l4proto udp meta mark set ct mark 
            [#] ip -4 rule add not fwmark 51820 table 51820
            [#] ip -4 rule add table main suppress_prefixlength 0
            [#] ip -4 route add 0.0.0.0/0 dev wgt table 51820
            [#] sysctl -q net.ipv4.conf.all.src_valid_mark=1
            [#] nft -f /dev/fd/N
               | add table ip wg-quick-wgt
               | add chain ip wg-quick-wgt preraw { type filter hook prerouting priority -300; }
               | add chain ip wg-quick-wgt premangle { type filter hook prerouting priority -150; }
               | add chain ip wg-quick-wgt postmangle { type filter hook postrouting priority -150; }
               | add rule ip wg-quick-wgt preraw iifname != "wgt" ip daddr 10.9.0.2 fib saddr type != local drop
               | add rule ip wg-quick-wgt postmangle meta l4proto udp mark 51820 ct mark set mark 
               | add rule ip wg-quick-wgt premangle meta l4proto udp meta mark set ct mark 
            [#] echo post wgt

            """,
            Up(FullTunnel));
    }

    [Fact]
    public void A_down_takes_rules_link_dns_and_firewall_away_in_this_order()
    {
        var config = Parse(FullTunnel);
        var state = new DownState
        {
            FwMark = 51820,
            HasDefault = true,
            Rules4 = OneTunnel,
            Rules6 = OneTunnel,
            FirewallFamilies = ["ip", "ip6"],
        };
        Assert.Equal(
            """
            [#] true
            [#] ip -4 rule delete table 51820
            [#] ip -4 rule delete table main suppress_prefixlength 0
            [#] ip -6 rule delete table 51820
            [#] ip -6 rule delete table main suppress_prefixlength 0
            [#] ip link delete dev wgt
            [#] resolvconf -d wgt -f
            [#] nft -f /dev/fd/N
               | delete table ip wg-quick-wgt
               | delete table ip6 wg-quick-wgt
            [#] echo bye

            """,
            PlanText.Of(
            [
                .. DownPlan.Prepare(config),
                .. DownPlan.Remove(config, state),
                .. DownPlan.Clean(config, state, DnsTool.Resolvconf),
                .. DownPlan.Finish(config),
            ]));
    }

    [Fact]
    public void B_a_table_of_ones_own_takes_every_route_and_no_rules()
    {
        var text = Without(FullTunnel, "dns").Replace("PreUp", "MTU = 1380\nTable = 1234\nSaveConfig = true\nPreUp");
        Assert.Equal(
            Begin + """
            [#] ip -4 address add 10.9.0.2/24 dev wgt
            [#] ip -6 address add fd00:9::2/64 dev wgt
            [#] ip link set mtu 1380 up dev wgt
            [#] ip -4 route add 172.16.5.0/28 dev wgt table 1234
            [#] ip -4 route add 10.9.0.0/24 dev wgt table 1234
            [#] ip -6 route add ::/0 dev wgt table 1234
            [#] ip -4 route add 0.0.0.0/0 dev wgt table 1234
            [#] echo post wgt

            """,
            Up(text));
        var config = Parse(text);
        var state = new DownState { FwMark = 51820, HasDefault = true };
        Assert.Equal(
            """
            [#] true
            [#] wg showconf wgt
            [#] ip link delete dev wgt
            [#] echo bye

            """,
            PlanText.Of(
            [
                .. DownPlan.Prepare(config),
                .. DownPlan.Remove(config, state),
                .. DownPlan.Clean(config, state, DnsTool.Resolvconf),
                .. DownPlan.Finish(config),
            ]));
    }

    [Fact]
    public void B_save_keeps_the_configurations_own_settings_above_the_live_state()
    {
        var config = Parse(Without(FullTunnel, "dns").Replace("PreUp", "MTU = 1380\nTable = 1234\nSaveConfig = true\nPreUp"));
        Assert.Equal(
            """
            [Interface]
            Address = 10.9.0.2/24
            Address = fd00:9::2/64
            DNS = 10.9.0.1
            MTU = 1420
            Table = 1234
            SaveConfig = true
            PreUp = echo pre %i # kept comment
            PostUp = echo post %i
            PreDown = true
            PostDown = echo bye
            ListenPort = 51820
            PrivateKey = PPPP=

            [Peer]
            PublicKey = K1
            AllowedIPs = 0.0.0.0/0
            Endpoint = 192.0.2.1:51820

            """,
            SavedConfig.Write(
                config,
                ["10.9.0.2/24", "fd00:9::2/64"],
                ["10.9.0.1"],
                1420,
                """
                [Interface]
                ListenPort = 51820
                PrivateKey = PPPP=

                [Peer]
                PublicKey = K1
                AllowedIPs = 0.0.0.0/0
                Endpoint = 192.0.2.1:51820

                """));
    }

    [Fact]
    public void C_table_off_adds_no_route()
    {
        var text = Without(FullTunnel, "dns").Replace(", fd00:9::2/64", "").Replace("PreUp", "Table = off\nPreUp");
        Assert.Equal(
            Begin + """
            [#] ip -4 address add 10.9.0.2/24 dev wgt
            [#] ip link set mtu 1412 up dev wgt
            [#] echo post wgt

            """,
            Up(text));
    }

    [Fact]
    public void D_a_configuration_that_fails_takes_the_link_back()
    {
        var done = UpPlan.Prepare(Parse(FullTunnel)).TakeWhile(step => step is not ConfigureStep);
        Assert.Equal("[#] ip link delete dev wgt\n", PlanText.Of(UndoPlan.Build("wgt", [.. done], [], [])));
    }

    [Fact]
    public void E_a_userspace_implementation_is_called_with_the_name() =>
        Assert.Equal("[#] myimpl wgt\n", PlanText.Of([new StartEngineStep("wgt", "myimpl")]));

    [Fact]
    public void F_strip_prints_the_rest_and_a_wrong_boolean_has_its_own_text()
    {
        Assert.Equal(
            """
            [interface]
            PrivateKey = PPPP=  # secret
            [Peer]
            # hub
            PublicKey = K1
            AllowedIPs = 0.0.0.0/0, ::/0

            """,
            Parse(FullTunnel).WireGuardText);
        var problem = Assert.Single(QuickParser.Parse("bb", "[Interface]\nSaveConfig = maybe\n").Problems);
        Assert.True(problem.IsUpstreamText);
        Assert.Equal("`maybe' is neither true nor false", problem.Message);
        Assert.Equal(2, problem.Line);
    }

    internal static PolicyRule[] OneTunnel { get; } =
    [
        new(0, null, 255, false),
        new(32764, null, 254, true),
        new(32765, 51820, 51820, false),
        new(32766, null, 254, false),
        new(32767, null, 253, false),
    ];

    private static string Up(string text)
    {
        var config = Parse(text);
        return PlanText.Of(
        [
            .. UpPlan.Prepare(config),
            .. UpPlan.Raise(config, MtuChoice.Choose([1500, 1492], null), DnsTool.Resolvconf),
            .. RoutePlan.Build(config, Host),
            .. UpPlan.Finish(config),
        ]);
    }

    private static QuickConfig Parse(string text)
    {
        var parse = QuickParser.Parse("wgt", text);
        Assert.Empty(parse.Problems);
        return parse.Config;
    }

    private static string Without(string text, string key) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(key, System.StringComparison.Ordinal)));

    private static IpAddress Address(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new System.FormatException(text);

    private static List<IpPrefix> Prefixes(params string[] texts) =>
        texts.Select(text => IpPrefix.TryParse(text, out var prefix) ? prefix : throw new System.FormatException(text)).ToList();
}
