using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Config.Quick;

namespace Warren.Config.Tests.Quick;

public sealed class QuickParserTests
{
    private static readonly string[] Words =
    [
        "[Interface]", "[Peer]", "[interface]\r", "Address = 10.0.0.1/24", "address=fd00::1", "DNS = 1.1.1.1, x.example", "MTU=1400",
        "Table = off", "PostUp = iptables -A FORWARD -i %i -j ACCEPT # why = so", "PreDown", "SaveConfig = true", "SaveConfig=",
        "PrivateKey = QQ==", "# a comment", "", "   ", "=", "[", "Endpoint = a:1", "AllowedIPs = 0.0.0.0/0", "\t MTU = 99999999999",
    ];

    [Fact]
    public void Every_line_is_taken_or_given_to_wg_once()
    {
        Prop.ForAll(Gen.Elements(Words).ListOf().Select(words => string.Join('\n', words)).ToArbitrary(), text =>
        {
            var parse = QuickParser.Parse("wg0", text);
            var passed = parse.Config.WireGuardText.Split('\n')[..^1];
            Assert.Equal(passed.Length, parse.Config.WireGuardLines.Count);
            Assert.Equal(parse.Config.WireGuardLines.Order(), parse.Config.WireGuardLines);
            var lines = text.Split('\n');
            foreach (var (line, number) in passed.Zip(parse.Config.WireGuardLines))
                Assert.Equal(lines[number - 1].Trim(' ', '\t'), line);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_stripped_strips_to_itself()
    {
        Prop.ForAll(Gen.Elements(Words).ListOf().Select(words => string.Join('\n', words)).ToArbitrary(), text =>
        {
            var once = QuickParser.Parse("wg0", text).Config.WireGuardText;
            Assert.Equal(once, QuickParser.Parse("wg0", once).Config.WireGuardText);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Noise_never_throws() =>
        Prop.ForAll<string>(text => { _ = QuickParser.Parse("wg0", "[Interface]\n" + text); }).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_are_read_in_any_case_and_only_inside_interface()
    {
        var config = Parse("[INTERFACE]\naDDress = 10.0.0.1/24 ,10.0.1.1/24\n[Peer]\nAddress = 10.0.2.1/24\n[Interface]\nADDRESS=fd00::1/64\n");
        Assert.Equal(["10.0.0.1/24", "10.0.1.1/24", "fd00::1/64"], config.Addresses.Select(address => address.Text));
        Assert.Equal("[INTERFACE]\n[Peer]\nAddress = 10.0.2.1/24\n[Interface]\n", config.WireGuardText);
        Assert.Equal([1, 3, 4, 5], config.WireGuardLines);
    }

    [Fact]
    public void A_hook_keeps_its_comment_sign_and_its_equals_signs()
    {
        var config = Parse("[Interface]\nPostUp = sysctl -w a=b # c\nPostUp=second\n#PostUp = not\n");
        Assert.Equal(["sysctl -w a=b # c", "second"], config.PostUp);
    }

    [Fact]
    public void Dns_entries_that_are_no_addresses_are_search_domains()
    {
        var config = Parse("[Interface]\nDNS = 10.0.0.1,corp.example fd00::1\nDNS = 1e100.net\n");
        Assert.Equal(["10.0.0.1", "fd00::1"], config.DnsServers);
        Assert.Equal(["corp.example", "1e100.net"], config.DnsSearch);
    }

    [Fact]
    public void Line_endings_of_windows_do_no_harm()
    {
        var config = Parse("[Interface]\r\nAddress = 10.0.0.1/24\r\nMTU = 1400\r\nTable = off\r\nPostUp = true\r\n");
        Assert.Equal(1400, config.Mtu);
        Assert.True(config.IsTableOff);
        Assert.Equal(["true"], config.PostUp);
        Assert.Equal("10.0.0.1/24", Assert.Single(config.Addresses).Text);
    }

    [Theory]
    [InlineData("Address = 10.0.0.300/24", "`10.0.0.300/24' is not an address")]
    [InlineData("Address = 10.0.0.1/33", "`10.0.0.1/33' is not an address")]
    [InlineData("Address = 10.0.0.1/255.0.255.0", "is not an address")]
    [InlineData("Address = fd00::1/129", "is not an address")]
    [InlineData("Address", "`Address' has no value")]
    [InlineData("MTU = 67", "`67' is not an MTU")]
    [InlineData("MTU = 65536", "`65536' is not an MTU")]
    [InlineData("MTU = 14OO", "`14OO' is not an MTU")]
    [InlineData("SaveConfig = 1", "`1' is neither true nor false")]
    public void Rejects_with_the_line(string line, string message)
    {
        var problem = Assert.Single(QuickParser.Parse("wg0", "# a\n[Interface]\n" + line + "\n").Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_all_problems_not_the_first() =>
        Assert.Equal(
            [2, 2, 3],
            QuickParser.Parse("wg0", "[Interface]\nAddress = x, y\nMTU = z\n").Problems.Select(problem => problem.Line));

    [Theory]
    [InlineData("10.0.0.1", 32)]
    [InlineData("10.0.0.1/0", 0)]
    [InlineData("10.0.0.1/255.255.255.0", 24)]
    [InlineData("10.0.0.1/0.0.0.0", 0)]
    [InlineData("10.0.0.1/255.255.255.255", 32)]
    [InlineData("fd00::1", 128)]
    [InlineData("fd00::1/64", 64)]
    public void Accepts_an_address(string text, int length) => Assert.Equal(length, InterfaceAddress.TryParse(text)!.Length);

    [Theory]
    [InlineData("wg0", true)]
    [InlineData("a=b+c.d-e_f", true)]
    [InlineData("fifteen-letters", true)]
    [InlineData("sixteen--letters", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    public void A_name_is_what_wg_quick_takes(string name, bool valid) => Assert.Equal(valid, InterfaceName.IsValid(name));

    [Theory]
    [InlineData("/etc/wireguard/wg0.conf", "wg0")]
    [InlineData("wg0.conf", "wg0")]
    [InlineData("./a.b.conf", "a.b")]
    [InlineData("wg0.config", null)]
    [InlineData(".conf", null)]
    [InlineData("sixteen--letters.conf", null)]
    public void A_path_gives_the_name(string path, string? name) => Assert.Equal(name, InterfaceName.FromPath(path));

    private static QuickConfig Parse(string text)
    {
        var parse = QuickParser.Parse("wg0", text);
        Assert.Empty(parse.Problems);
        return parse.Config;
    }
}
