#pragma warning disable CA1416 // These tests run on Linux alone.
using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Warren.Config.Documents;
using Warren.Fabric.Check;

namespace Warren.Cli.Tests.Check;

public sealed class CheckVerbTests : IDisposable
{
    private const string HubKey = "kKELbYxqmwHGUyjdHiVhQ/lzyiLep2kLgAocLF4CR3Q=";
    private const string HubPublic = "2LbLqgg0hGjsQ+Y15l+mPhEtGN53Uhvzj8n9dpxVqDQ=";
    private const string SiteKey = "4DQYFpL2kkVd/rjEYLTES8Ah6K2BMOrH504TXRQyv0E=";
    private const string SitePublic = "D+GcHTk8uRiggEj79IhbbsLWHSdZynYjUVPWcP8aJFg=";

    private const string Hub = $"[Interface]\nAddress = 10.1.1.1/24\nListenPort = 51820\nPrivateKey = {HubKey}\n\n[Peer]\nPublicKey = {SitePublic}\nAllowedIPs = 10.1.1.11/32\n";
    private const string Site = $"[Interface]\nAddress = 10.1.1.11/24\nPrivateKey = {SiteKey}\n\n[Peer]\nPublicKey = {HubPublic}\nAllowedIPs = 10.1.1.0/24\nEndpoint = 192.0.2.1:51820\nPersistentKeepalive = 25\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("warren").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Says_that_a_network_is_right_and_returns_0()
    {
        Write("hub.conf", Hub);
        Write("site.conf", Site);
        var outcome = Outcome.Of("warren", "check", _folder);
        Assert.Equal((0, "2 files, 2 interfaces of 2 hosts in 1 network: 0 errors, 0 warnings, 0 remarks\n", ""), (outcome.Code, outcome.Output, outcome.Error));
    }

    [Fact]
    public void Says_where_what_and_the_line_to_write_and_returns_1()
    {
        var hub = Write("hub.conf", Hub);
        var site = Write("site.conf", Site.Replace(":51820", ":51280", StringComparison.Ordinal));
        var outcome = Outcome.Of("warren", "check", hub, site);
        Assert.Equal(1, outcome.Code);
        Assert.Equal($"""
            {site}:8:12: error: site dials hub at port 51280, but it listens on 51820 ({hub}:3): nobody answers [endpoint-port]
                fix: Endpoint = 192.0.2.1:51820

            2 files, 2 interfaces of 2 hosts in 1 network: 1 error, 0 warnings, 0 remarks

            """, outcome.Output);
    }

    [Fact]
    public void Returns_0_for_warnings_alone()
    {
        Write("hub.conf", Hub);
        Write("site.conf", Site.Replace("10.1.1.11/24", "10.1.1.11", StringComparison.Ordinal));
        var outcome = Outcome.Of("warren", "check", _folder);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("[address-without-length]", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_the_fixes_and_keeps_what_a_file_was()
    {
        Write("hub.conf", Hub.Replace("ListenPort = 51820\n", "", StringComparison.Ordinal));
        var site = Write("site.conf", Site.Replace("10.1.1.11/24", "10.1.1.11", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
        var outcome = Outcome.Of("warren", "check", "--fix", _folder);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("0 errors, 0 warnings", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"{site}: 1 change written", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(Site.Replace("\n", "\r\n", StringComparison.Ordinal), File.ReadAllText(site));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(site));
        Assert.Contains("[Interface]\nListenPort = 51820\n", File.ReadAllText(Path.Combine(_folder, "hub.conf")), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Changes_nothing_unless_it_is_told_to()
    {
        var site = Write("site.conf", Site.Replace("10.1.1.11/24", "10.1.1.11", StringComparison.Ordinal));
        var before = File.ReadAllText(site);
        Outcome.Of("warren", "check", _folder);
        Assert.Equal(before, File.ReadAllText(site));
    }

    [Fact]
    public void Tells_others_than_its_owner_may_read_a_key()
    {
        var site = Write("site.conf", Site);
        File.SetUnixFileMode(_folder, (UnixFileMode)0x1ed);
        File.SetUnixFileMode(site, (UnixFileMode)0x1a4);
        Assert.Contains($"fix: chmod 600 {site}", Outcome.Of("warren", "check", site).Output, StringComparison.Ordinal);
        File.SetUnixFileMode(_folder, (UnixFileMode)0x1c0);
        Assert.DoesNotContain("chmod", Outcome.Of("warren", "check", site).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_JSON_that_other_programs_read()
    {
        var hub = Write("hub.conf", Hub);
        var site = Write("site.conf", Site.Replace(":51820", ":51280", StringComparison.Ordinal));
        var outcome = Outcome.Of("warren", "check", "--json", hub, site);
        Assert.Equal(1, outcome.Code);
        using var document = JsonDocument.Parse(outcome.Output);
        Assert.Equal(1, document.RootElement.GetProperty("errors").GetInt32());
        var finding = Assert.Single(document.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal(("endpoint-port", "error", site, 8), (finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("file").GetString(), finding.GetProperty("line").GetInt32()));
        Assert.Equal("Endpoint = 192.0.2.1:51820", finding.GetProperty("fix").GetString());
        Assert.True(finding.GetProperty("fixable").GetBoolean());
        Assert.Equal((hub, 3), (finding.GetProperty("other").GetProperty("file").GetString(), finding.GetProperty("other").GetProperty("line").GetInt32()));
    }

    [Fact]
    public void Reads_standard_input_beside_files()
    {
        var hub = Write("hub.conf", Hub);
        var outcome = Outcome.Of(Site.Replace(":51820", ":51280", StringComparison.Ordinal), null, Machine.Here, "warren", "check", "-", hub);
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith("standard input:8:12: error: ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_colours_on_a_terminal_alone()
    {
        var site = Write("site.conf", Site.Replace("10.1.1.11/24", "10.1.1.11", StringComparison.Ordinal));
        Assert.DoesNotContain('\e', Outcome.Of("", null, new Machine { OutputIsTerminal = () => false }, "warren", "check", site).Output);
        Assert.Contains('\e', Outcome.Of("", null, new Machine { OutputIsTerminal = () => true }, "warren", "check", site).Output);
    }

    [Fact]
    public void Leaves_out_remarks_when_it_is_to_be_quiet()
    {
        var site = Write("site.conf", Site);
        Assert.Contains("[key-unchecked]", Outcome.Of("warren", "check", site).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[key-unchecked]", Outcome.Of("warren", "check", "--quiet", site).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Skips_hidden_files_and_programs_of_a_folder_and_goes_into_folders()
    {
        Write("hub.conf", Hub);
        Directory.CreateDirectory(Path.Combine(_folder, "site"));
        Write("site/wg0.conf", Site);
        Write(".old.conf", "[Interface]\nnonsense\n");
        Write("hub.conf~", "[Interface]\nnonsense\n");
        File.WriteAllBytes(Path.Combine(_folder, "picture.conf"), [1, 0, 2]);
        Assert.StartsWith("2 files, 2 interfaces", Outcome.Of("warren", "check", _folder).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no file is named")]
    [InlineData("there is no option `--frob'", "--frob", "x")]
    public void Returns_2_when_the_command_is_wrong(string problem, params string[] arguments)
    {
        var outcome = Outcome.Of([.. new[] { "warren", "check" }.Concat(arguments)]);
        Assert.Equal((2, "", $"warren check: {problem}; `warren check --help' says what there is\n"), (outcome.Code, outcome.Output, outcome.Error));
    }

    [Fact]
    public void Returns_2_when_a_file_cannot_be_read_and_checks_the_others()
    {
        var hub = Write("hub.conf", Hub);
        var outcome = Outcome.Of("warren", "check", hub, Path.Combine(_folder, "none.conf"));
        Assert.Equal(2, outcome.Code);
        Assert.Contains("1 file, 1 interface", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("none.conf", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Helps()
    {
        var help = Outcome.Of("warren", "check", "--help");
        Assert.Equal(0, help.Code);
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.All(help.Output.Split('\n'), line => Assert.True(line.Length <= 140, line));
    }

    [Fact]
    public void The_guide_has_every_rule_and_no_other()
    {
        var rules = ReadingRules.All.Select(rule => rule.Id).Concat(RuleTable.Rules.Select(rule => rule.Id)).ToList();
        Assert.Equal(rules, Outcome.Of("warren", "check", "--rules").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
        var guide = File.ReadAllLines(Path.Combine(FindRoot(), "docs", "guides", "check.md"));
        var described = guide.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToHashSet();
        Assert.Equal(rules.Order(), described.Order());
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
