using System;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Fabric.Check;

namespace Warren.Fabric.Tests.Check;

public class CheckerTests
{
    [Fact]
    public void Finds_nothing_at_all_in_a_network_that_is_right()
    {
        var report = Three.Check();
        Assert.Empty(report.Remarks.Select(remark => remark.Finding.ToString()));
        Assert.Equal((3, 3, 1), (report.Tunnels, report.Hosts, report.Networks));
    }

    [Fact]
    public void Finds_nothing_in_the_same_network_in_other_languages()
    {
        var one = $"""
            [connection]
            id=office
            type=wireguard
            interface-name=wg0

            [wireguard]
            private-key={Three.OneKeys.Private}

            [wireguard-peer.{Three.HubKeys.Public}]
            endpoint=192.0.2.1:51820
            persistent-keepalive=25
            allowed-ips=10.9.0.0/24;

            [ipv4]
            address1=10.9.0.2/24
            method=manual
            """;
        var two = $"""
            [NetDev]
            Name=wg0
            Kind=wireguard

            [WireGuard]
            PrivateKey={Three.TwoKeys.Private}
            RouteTable=main

            [WireGuardPeer]
            PublicKey={Three.HubKeys.Public}
            AllowedIPs=10.9.0.0/24,192.168.7.0/24
            Endpoint=192.0.2.1:51820
            PersistentKeepalive=25
            """;
        var report = Three.Files(("hub.conf", Three.Hub), ("one.nmconnection", one), ("two/wg0.netdev", two), ("two/wg0.network", "[Match]\nName=wg0\n\n[Network]\nAddress=10.9.0.3/24\n"));
        report.IsClean();
        Assert.Equal((3, 3, 1), (report.Tunnels, report.Hosts, report.Networks));
    }

    [Fact]
    public void Reads_the_same_from_one_line_as_from_many()
    {
        static string Flat(string text) => text.Replace("\n\n", " ", StringComparison.Ordinal).Replace('\n', ' ').TrimEnd();
        var broken = Three.One.Replace("192.0.2.1:51820", "192.0.2.1:51280", StringComparison.Ordinal);
        var report = Three.Files(("page.txt", $"The hub has this:\n{Flat(Three.Hub)}\nThe first host:\n{Flat(broken)}\nThe second host:\n{Flat(Three.Two)}\nEach of them forwards.\n"));
        Assert.Equal((3, 3, 1), (report.Tunnels, report.Hosts, report.Networks));
        Assert.Equal("Endpoint = 192.0.2.1:51820", report.Rejects("endpoint-port", "page.txt").Fix);
    }

    [Fact]
    public void Fixes_what_has_one_answer_and_leaves_a_network_that_is_right()
    {
        var hub = Three.Hub.Replace(Three.OneKeys.Public, Pair.Of(9).Public, StringComparison.Ordinal).Replace("ListenPort = 51820\n", "", StringComparison.Ordinal);
        var one = Three.One.Replace("Address = 10.9.0.2/24\n", "", StringComparison.Ordinal).Replace("PersistentKeepalive = 25\n", "", StringComparison.Ordinal);
        var two = Three.Two.Replace("10.9.0.3/24", "10.9.0.3", StringComparison.Ordinal).Replace("192.0.2.1:51820", "192.0.2.1", StringComparison.Ordinal)
            .Replace("AllowedIPs", "AllowedIP", StringComparison.Ordinal);
        CheckedFile[] files = [new(new SourceText("hub.conf", hub)), new(new SourceText("one.conf", one)), new(new SourceText("two.conf", two))];
        for (var round = 0; round < 4; round++)
        {
            var report = Checker.Check(files);
            files = [.. files.Select(file => new CheckedFile(new SourceText(file.Source.Name, Checker.Fix(file, report.Remarks).Text)))];
        }

        Checker.Check(files).IsClean();
    }

    [Fact]
    public void A_fix_changes_nothing_but_its_place()
    {
        var text = Three.One.Replace("192.0.2.1:51820", "192.0.2.1:51280", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        var file = new CheckedFile(new SourceText("one.conf", text));
        var report = Checker.Check([new CheckedFile(new SourceText("hub.conf", Three.Hub)), file]);
        var (written, changes) = Checker.Fix(file, report.Remarks);
        Assert.Equal(1, changes);
        Assert.Equal(text.Replace("51280", "51820", StringComparison.Ordinal), written);
    }

    [Fact]
    public void Holds_a_whole_authority_against_its_own_rules_and_a_part_in_an_article_against_none()
    {
        const string Text = "config\n    authority\n        service web\n            access-policy nobody\n                permission allow\n            exit\n        exit\n    exit\nexit\n";
        Assert.Contains(Three.Files(("a.conf", Text)).Remarks, remark => remark.Finding.Rule == "unknown-reference");
        Assert.Empty(Three.Files(("a.md", $"Write:\n```\n{Text}```\nThat is all.\n")).Remarks);
    }

    [Fact]
    public void Rule_names_are_words_and_each_is_one_rules()
    {
        Assert.All(RuleTable.Rules, rule => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", rule.Id));
        Assert.Distinct(RuleTable.Rules.Select(rule => rule.Id));
        Assert.All(RuleTable.Rules, rule => Assert.False(rule.Summary.EndsWith('.')));
    }

    [Fact]
    public void Findings_come_in_the_order_of_the_files_and_of_their_lines()
    {
        var report = Three.Check(one: text => text.Replace("10.9.0.2/24", "10.9.0.2", StringComparison.Ordinal), two: text => text.Replace("10.9.0.3/24", "10.9.0.3", StringComparison.Ordinal));
        Assert.Equal(["one.conf:2:11", "two.conf:2:11"], report.Remarks.Where(remark => remark.Finding.Severity > Severity.Info).Select(remark => remark.Finding.Position.ToString()));
    }
}
