#pragma warning disable CA1416 // These tests run on Linux alone.
using System;
using System.IO;
using System.Text.Json;
using Warren.Cli.Tests.Wg;

namespace Warren.Cli.Tests.Configuration;

public sealed class ConfigVerbTests : IDisposable
{
    private const string Small = """
        config
          authority
            tenant workers
              member inside
                neighborhood inside
                address 10.0.0.0/24
              exit
            exit
            service web
              address 192.0.2.0/24
              access-policy workers
              exit
            exit
            router r1
              wireguard-profile wg
                private-network
                  neighborhood inside
                  address 10.0.0.1/24
                exit
                peer p1
                  public-key cScVKF4nTbdDcGoZgbkNMRFhSEC0dVqdufIBBnCNvCk=
                  preshared-key Yz1fRCHzvWfBZzxrxsVlXhc1JyYhFOFRHwfV/WYdNqs=
                  allowed-ip 10.0.0.2/32
                exit
              exit
              node n1
                device-interface eth0
                  network-interface wan
                    address 198.51.100.1
                      prefix-length 24
                      gateway 198.51.100.254
                      wireguard-profile wg
                    exit
                  exit
                exit
              exit
            exit
          exit
        exit

        """;

    private readonly TemporaryFiles _files = new(
        ("small.conf", Small),
        ("broken.conf", Small.Replace("peer p1", "pear p1", StringComparison.Ordinal)),
        ("misplaced.conf", Small.Replace("preshared-key", "preshard-kez", StringComparison.Ordinal)));

    private string SmallFile => _files["small.conf"];

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Check_is_content_with_a_good_file()
    {
        var outcome = Outcome.Of("warren", "config", "check", SmallFile);
        Assert.Equal(0, outcome.Code);
        Assert.StartsWith("✔", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_says_place_and_fix_and_fails()
    {
        var outcome = Outcome.Of("warren", "config", "check", _files["broken.conf"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("broken.conf:20:9: error: there is no \"pear\" in wireguard-profile wg; was peer meant? [unknown-word]", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("fix: write peer", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("1 error", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_behind_a_wrong_word_is_not_shown()
    {
        var outcome = Outcome.Of("warren", "config", "check", _files["misplaced.conf"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("was preshared-key meant?", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Yz1fRCHz", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_as_json_names_file_line_and_rule()
    {
        var outcome = Outcome.Of("warren", "config", "check", "--json", _files["broken.conf"]);
        Assert.Equal(1, outcome.Code);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        var finding = json.RootElement.GetProperty("findings")[0];
        Assert.Equal("unknown-word", finding.GetProperty("rule").GetString());
        Assert.Equal(20, finding.GetProperty("line").GetInt32());
    }

    [Fact]
    public void Format_is_read_back_as_the_same_and_writes_once()
    {
        Assert.Equal(0, Outcome.Of("warren", "config", "format", "--write", SmallFile).Code);
        var text = File.ReadAllText(SmallFile);
        var again = Outcome.Of("warren", "config", "format", SmallFile);
        Assert.Equal(text, again.Output);
        Assert.Contains("preshared-key  Yz1f", text, StringComparison.Ordinal);
        var flat = Outcome.Of("warren", "config", "format", "--flat", SmallFile).Output;
        Assert.All(flat.TrimEnd().Split('\n'), line => Assert.StartsWith("config authority ", line, StringComparison.Ordinal));
        File.WriteAllText(_files["flat.conf"], flat);
        Assert.Equal(text, Outcome.Of("warren", "config", "format", _files["flat.conf"]).Output);
    }

    [Fact]
    public void Format_writes_where_a_link_leads_and_keeps_the_rights()
    {
        File.SetUnixFileMode(SmallFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(SmallFile, "# kept\n" + Small);
        var link = _files["link.conf"];
        File.CreateSymbolicLink(link, SmallFile);
        Assert.Equal(0, Outcome.Of("warren", "config", "format", "--write", link).Code);
        Assert.Equal(SmallFile, new FileInfo(link).LinkTarget);
        Assert.Equal(Outcome.Of("warren", "config", "format", SmallFile).Output, File.ReadAllText(SmallFile));
        Assert.NotEqual("# kept\n" + Small, File.ReadAllText(SmallFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SmallFile));
        Assert.Equal(4, Directory.GetFileSystemEntries(Path.GetDirectoryName(SmallFile)!).Length);
    }

    [Fact]
    public void Show_masks_secrets_unless_asked_and_names_what_is_generated()
    {
        var shown = Outcome.Of("warren", "config", "show", SmallFile, "--", "router", "r1");
        Assert.Equal(0, shown.Code);
        Assert.Contains("********", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Yz1f", shown.Output, StringComparison.Ordinal);
        Assert.Contains("network-interface  wg-intf", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Yz1f", Outcome.Of("warren", "config", "show", "--secrets", SmallFile).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wg-intf", Outcome.Of("warren", "config", "show", "--authored", SmallFile).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_says_every_step_and_tells_by_its_exit_code()
    {
        var allowed = Outcome.Of("warren", "config", "explain", SmallFile, "r1", "p1", "192.0.2.7", "tcp/443");
        Assert.Equal(0, allowed.Code);
        Assert.Contains("10.0.0.2 → 192.0.2.7 tcp/443 by wg-intf: allowed", allowed.Output, StringComparison.Ordinal);
        foreach (var kind in (string[])["interface", "peer", "neighborhood", "tenant", "service", "access", "route", "next-hop"])
            Assert.Contains($"\n  {kind} ", allowed.Output, StringComparison.Ordinal);
        var refused = Outcome.Of("warren", "config", "explain", SmallFile, "r1", "p1", "203.0.113.1");
        Assert.Equal(1, refused.Code);
        Assert.Contains("refused: no service", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no router r2; was r1 meant?", "r2", "p1", "192.0.2.7")]
    [InlineData("\"p2\" is no address, and neither a peer nor an interface of router r1; was p1 meant?", "r1", "p2", "192.0.2.7")]
    [InlineData("\"wab\" is no address, no peer of router r1 and no service; was web meant?", "r1", "p1", "wab")]
    [InlineData("10.0.0.2 and 2001:db8::1 are of two families", "r1", "10.0.0.2", "2001:db8::1")]
    public void Explain_says_what_is_wrong_with_a_question(string problem, params string[] question)
    {
        var outcome = Outcome.Of(["warren", "config", "explain", SmallFile, .. question]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(problem, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no command `chek'; was check meant?", "chek")]
    [InlineData("check needs a FILE", "check")]
    [InlineData("format has no option --json", "format", "--json", "x")]
    public void Wrong_words_are_told(string problem, params string[] words)
    {
        var outcome = Outcome.Of(["warren", "config", .. words]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(problem, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        var outcome = Outcome.Of("warren", "config", "check", "/nowhere/x.conf");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("/nowhere/x.conf", outcome.Error, StringComparison.Ordinal);
    }
}
