using System.Collections.Generic;
using System.IO;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Fabric.Check;
using Warren.Testing;

namespace Warren.Fabric.Tests.Check;

/// <summary>
/// What is wrong in the documents, as a person found it who knows WireGuard: each line with its reason. All of that and no other error or warning.
/// </summary>
public class SeedsTests
{
    // 000: p1's private key yields 16Bs…AWg=, but both routers have cScV…vCk= for p1 (103, 148). Router dc2 is left by an exit too many (164), so its
    // node (166) stands nowhere. dc1 and dc2 both are 10.10.10.1 inside, so p1 cannot allow either's own address (241, 247). Nothing serves the tenants
    // remote-worker (260) and engineering (269). Two private keys are published (236, 332). What is right: the IoT device's key, port 12800 by default,
    // the address of r1 that another block adds, a gateway of 169.254, keys of p2 and p3 whose holders are not shown.
    private static readonly string[] PluginOfTwo =
    [
        "103 error public-key-wrong", "148 error public-key-wrong", "166 error exit-too-many", "236 warning private-key-published", "241 warning allowed-ips-miss-peer",
        "247 warning allowed-ips-miss-peer", "260 warning tenant-without-service", "269 warning tenant-without-service", "332 warning private-key-published",
    ];

    // 001: the same document, 25 lines on, with a profile on a leased address, which is right.
    private static readonly string[] PluginOfThree =
    [
        "128 error public-key-wrong", "173 error public-key-wrong", "191 error exit-too-many", "261 warning private-key-published", "266 warning allowed-ips-miss-peer",
        "272 warning allowed-ips-miss-peer", "285 warning tenant-without-service", "294 warning tenant-without-service", "357 warning private-key-published",
    ];

    // 002: it works. All keys agree; Table = off has its routes; forwarding is said. The allowed IPs of both sites hold their own network, which only
    // lets the hub send with its addresses: a remark. Three private keys are published.
    private static readonly string[] TwoSites = ["39 warning private-key-published", "42 warning private-key-published", "45 warning private-key-published"];

    // 003: s1's private key yields HIgo…ykw=, s2's cL9S…/VY=, s3's gN65…6EA=. s1 has other keys for s2 and s3, in all three versions (45 50, 96 101, 123 127).
    // s1 is 107.100.10.10 (27) with port 51820 (42); clients dial it without a port (65 77 140 151 169), and three times at 107.100.50.10 (140 151 169).
    // No address has a mask (40 59 71 91 118); three versions have none at all (134 145 163). 51280 is no port of theirs (54). What is for s4 (88) has
    // s1's private key and address (92). s1 relays s2 to s3, s2 and s3 serve containers, and nothing turns forwarding on (39 58 70). 10.0.0.0/16 holds s2's own
    // 10.0.5.0/24 (170). wg-quick takes no wg0.conf (82 156 157), nor /etc/Wireguard (54 180). The key file of line 33 is for all to read.
    // Three private keys are published (41 60 72). What is right: allowed IPs without a mask, s4's key, whose holder is not shown, subnets of each other.
    private static readonly string[] ThreeServers =
    [
        "33 warning command", "39 warning forwarding-unsaid", "40 warning address-without-length", "41 warning private-key-published", "45 error public-key-wrong", "50 error public-key-wrong",
        "54 warning command", "54 warning port-in-text", "58 warning forwarding-unsaid", "59 warning address-without-length", "60 warning private-key-published", "65 error endpoint-without-port",
        "70 warning forwarding-unsaid", "71 warning address-without-length", "72 warning private-key-published", "77 error endpoint-without-port", "82 error command",
        "91 warning address-without-length", "92 warning private-key-shared", "96 error public-key-wrong", "101 error public-key-wrong", "118 warning address-without-length",
        "123 error public-key-wrong", "127 error public-key-wrong", "134 error address-missing", "140 error endpoint-address", "140 error endpoint-without-port", "145 error address-missing",
        "151 error endpoint-address", "151 error endpoint-without-port", "156 error command", "157 error command", "163 error address-missing", "169 error endpoint-address",
        "169 error endpoint-without-port", "170 warning allowed-ips-own-network", "180 warning command",
    ];

    [Theory]
    [InlineData("000")]
    [InlineData("001")]
    [InlineData("002")]
    [InlineData("003")]
    [InlineData("004")]
    public void Finds_what_is_wrong_in_a_document_and_nothing_else(string number) => Assert.Equal(Truth(number), Told(Checker.Check([Seed(number)])));

    [Fact]
    public void Finds_the_same_in_all_of_them_at_once()
    {
        string[] numbers = ["000", "001", "002", "003", "004"];
        var files = numbers.Select(Seed).ToList();
        var report = Checker.Check(files);
        foreach (var (file, number) in files.Zip(numbers))
        {
            // The device and p1 are in both versions of the first document: their keys are told in each.
            Assert.Equal(Truth(number), Told(report with { Remarks = [.. report.Remarks.Where(remark => remark.Finding.Position.Source!.Name == file.Source.Name)] }));
        }
    }

    [Fact]
    public void Reads_versions_as_versions()
    {
        var report = Checker.Check([Seed("003")]);
        Assert.Equal((8, 3, 1), (report.Tunnels, report.Hosts, report.Networks));
    }

    [Fact]
    public void Gives_the_exact_line_to_write()
    {
        var fixes = Checker.Check([Seed("003")]).Remarks.Select(remark => (remark.Finding.Position.Line, remark.Finding.Fix)).ToList();
        Assert.Contains((45, "PublicKey = cL9S5KV5wAy/AsKyYct3qz9BHxe5FYqxlb/eDthF/VY="), fixes);
        Assert.Contains((65, "Endpoint = 107.100.10.10:51820"), fixes);
        Assert.Contains((134, "Address = 192.168.100.11/24"), fixes);
        Assert.Contains((140, "Endpoint = 107.100.10.10:51820"), fixes);
        Assert.Contains((82, "wg-quick up wg0"), fixes);
    }

    [Theory]
    [InlineData("000")]
    [InlineData("002")]
    [InlineData("003")]
    public void A_document_with_its_fixes_written_has_no_error(string number)
    {
        var file = Seed(number);
        for (var round = 0; round < 4; round++)
            file = file with { Source = new SourceText(file.Source.Name, Checker.Fix(file, Checker.Check([file]).Remarks).Text) };
        Assert.DoesNotContain(Checker.Check([file]).Remarks, remark => remark.Finding.Severity == Severity.Error);
    }

    internal static CheckedFile Seed(string number)
    {
        var path = SharedSeeds.Find(number);
        Assert.SkipWhen(path is null, SharedSeeds.Absent);
        return new CheckedFile(new SourceText($"{number}.txt", File.ReadAllText(path)));
    }

    private static string[] Truth(string number) => number switch
    {
        "000" => PluginOfTwo,
        "001" => PluginOfThree,
        "002" => TwoSites,
        "003" => ThreeServers,
        _ => [],
    };

    private static IEnumerable<string> Told(CheckReport report) =>
        from remark in report.Remarks
        let finding = remark.Finding
        where finding.Severity > Severity.Info
        orderby finding.Position.Line, finding.Rule
        select $"{finding.Position.Line} {Finding.Word(finding.Severity)} {finding.Rule}";
}
