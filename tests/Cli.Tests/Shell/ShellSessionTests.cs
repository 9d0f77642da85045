using System;
using System.IO;
using System.Linq;
using Warren.Cli.Shell;
using Warren.RouterAgent.State;

namespace Warren.Cli.Tests.Shell;

public sealed class ShellSessionTests : IDisposable
{
    private const string Router = """
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

    private readonly string _folder = Directory.CreateTempSubdirectory("warren-shell-").FullName;
    private readonly Clock _clock = new();
    private bool _answer = true;
    private string _asked = "";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_pasted_configuration_is_committed_and_shown_with_what_it_implies()
    {
        var shell = Open();
        Assert.Equal("alice@r1# ", shell.Prompt);
        foreach (var line in Router.Split('\n'))
            Done(shell, line);
        Assert.Equal("*alice@r1# ", shell.Prompt);
        Assert.Contains("Candidate configuration is valid", Done(shell, "validate"), StringComparison.Ordinal);
        Assert.Contains("Configuration committed", Done(shell, "commit comment \"first light\""), StringComparison.Ordinal);
        Assert.Contains("+ authority service wireguard_r1_wg", _asked, StringComparison.Ordinal);
        Assert.Contains("+ workers web at n1.r1: 10.0.0.2", _asked, StringComparison.Ordinal);
        Assert.Equal("alice@n1.r1# ", shell.Prompt);
        var shown = Done(shell, "show config running");
        Assert.Contains("network-interface  wg-intf", shown, StringComparison.Ordinal);
        Assert.Contains("preshared-key  ********", shown, StringComparison.Ordinal);
        Assert.Contains("alice changed running configuration on r1: first light", Done(shell, "show events config commit"), StringComparison.Ordinal);
        Assert.Equal("# No differences\n", Done(Open("bob"), "compare config"));
    }

    [Fact]
    public void Menus_are_entered_and_left_as_they_were_opened()
    {
        var shell = Loaded();
        Done(shell, "configure authority router r1");
        Assert.Equal("alice@n1.r1 (router[name=r1])# ", shell.Prompt);
        Assert.Equal("configure authority router r1\n", Done(shell, "where"));
        Done(shell, "wir wg");
        Done(shell, "private-network");
        Assert.Equal("alice@n1.r1 (private-network)# ", shell.Prompt);
        Done(shell, "exit");
        Done(shell, "up");
        Assert.Equal("alice@n1.r1 (router[name=r1])# ", shell.Prompt);
        Done(shell, "exit");
        Done(shell, "top");
        Assert.Equal("alice@n1.r1# ", shell.Prompt);
        Assert.True(shell.Run("exit").Quits);
    }

    [Fact]
    public void A_line_that_fails_leaves_nothing_behind_and_says_what_was_meant()
    {
        var shell = Loaded();
        var result = shell.Run("configure authority router r9 node n1 device-interfac eth0 mtu x");
        Assert.False(result.IsDone);
        Assert.Equal("# No differences\n", Done(shell, "compare config"));
        Assert.Contains("was wireguard-profile meant?", shell.Run("configure authority router r1 wireguard-profle wg").Output, StringComparison.Ordinal);
        Assert.Contains("Command 'bad' not found (use '?' for help)", shell.Run("bad").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_that_has_not_seen_another_is_refused_and_merged()
    {
        Loaded();
        var (alice, bob) = (Open(), Open("bob"));
        Done(alice, "configure authority tenant guests description a");
        Done(bob, "configure authority service web description b");
        Done(bob, "commit force");
        var refused = alice.Run("commit force");
        Assert.False(refused.IsDone);
        Assert.Contains("bob committed 2", refused.Output, StringComparison.Ordinal);
        Done(alice, "merge");
        Assert.DoesNotContain("web", Done(alice, "compare config"), StringComparison.Ordinal);
        Done(alice, "commit force");
        Assert.Contains("description  b", Done(alice, "show config running authority service web").Replace("description           b", "description  b", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_merge_of_what_both_changed_differently_names_it_and_does_nothing()
    {
        Loaded();
        var (alice, bob) = (Open(), Open("bob"));
        Done(alice, "configure authority service web description mine");
        Done(bob, "configure authority service web description theirs");
        Done(bob, "commit force");
        Assert.False(alice.Run("commit force").IsDone);
        Assert.Contains("authority service web description", alice.Run("merge").Output, StringComparison.Ordinal);
        Assert.Contains("mine", Done(alice, "compare config"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_invalid_is_not_committed_and_everything_is_said_at_once()
    {
        var shell = Loaded();
        Done(shell, "configure authority router r1 service-route q service-name bar");
        Done(shell, "configure authority expect tenant workers not-reach service web");
        Done(shell, "top");
        var result = shell.Run("commit force");
        Assert.False(result.IsDone);
        Assert.StartsWith("✖ Validating, then committing...\n% Error: Failed to commit:\n1. ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Service name \"bar\" does not exist", result.Output, StringComparison.Ordinal);
        Assert.Contains("A service route must have at least one next-hop", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n    config\n        authority\n            router r1\n                service-route q\n", result.Output, StringComparison.Ordinal);
        Done(shell, "delete router r1 service-route q");
        Assert.Contains("does not reach service web: not so. At n1.r1, 10.0.0.2 →", shell.Run("commit force").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_confirmed_commit_returns_unless_it_is_confirmed()
    {
        var shell = Loaded();
        Done(shell, "configure authority service web enabled false");
        Assert.Contains("returns in 5 minutes", Done(shell, "commit force confirmed 5"), StringComparison.Ordinal);
        _clock.Now += TimeSpan.FromMinutes(6);
        var after = Open();
        Assert.Equal("commit 2 was not confirmed in time: the configuration is that of 1 again", after.Notice);
        Assert.DoesNotContain("enabled", Done(after, "show config running authority service web"), StringComparison.Ordinal);
        Done(after, "configure authority service web enabled false");
        Done(after, "commit force confirmed 5");
        Done(after, "confirm");
        _clock.Now += TimeSpan.FromMinutes(6);
        Assert.Null(Open().Notice);
    }

    [Fact]
    public void Rollback_compare_and_restore_know_the_history()
    {
        var shell = Loaded();
        Done(shell, "configure authority service web description two");
        Done(shell, "commit force");
        Assert.Contains("description  two", Done(shell, "compare rollback 1"), StringComparison.Ordinal);
        Done(shell, "rollback 1");
        Assert.Contains("delete description force", Done(shell, "compare config"), StringComparison.Ordinal);
        Done(shell, "restore config running");
        Assert.Equal("# No differences\n", Done(shell, "compare config"));
        Assert.False(shell.Run("rollback 9").IsDone);
    }

    [Fact]
    public void Exports_come_back_and_masked_secrets_mean_what_is_there()
    {
        var shell = Loaded();
        Done(shell, "export config running safe");
        Done(shell, "export config running whole secrets");
        Done(shell, "configure authority service web description changed");
        Done(shell, "import config force whole");
        Assert.Equal("# No differences\n", Done(shell, "compare config"));
        Assert.Contains("no secrets", Done(shell, "import config force safe"), StringComparison.Ordinal);
        Assert.Equal("# No differences\n", Done(shell, "compare config"));
        Done(shell, "delete config exported safe");
        Assert.False(shell.Run("import config force safe").IsDone);
    }

    [Fact]
    public void What_is_generated_is_looked_at_and_taken_over_but_not_changed_in_place()
    {
        var shell = Loaded();
        Done(shell, "configure authority service wireguard_r1_wg");
        Assert.Contains("12800", Done(shell, "show"), StringComparison.Ordinal);
        Assert.Contains("override-generated first", shell.Run("description mine").Output, StringComparison.Ordinal);
        Assert.Equal("# No differences\n", Done(shell, "compare config"));
        Done(shell, "override-generated");
        Done(shell, "description mine");
        Done(shell, "top");
        Done(shell, "commit force");
        Assert.Contains("description           mine", Done(shell, "show config running authority service wireguard_r1_wg"), StringComparison.Ordinal);
    }

    [Fact]
    public void Clone_move_delete_and_search_do_what_they_say()
    {
        var shell = Loaded();
        Done(shell, "configure authority");
        Done(shell, "clone service web shop");
        Assert.Contains("address               192.0.2.0/24", Done(shell, "show config candidate authority service shop"), StringComparison.Ordinal);
        Done(shell, "router r1 service-route q service-name web");
        foreach (var hop in (string[])["a", "b", "c"])
        {
            Done(shell, $"router r1 service-route q next-hop n1 {hop}");
            Done(shell, "exit");
        }

        Done(shell, "router r1 service-route q");
        Done(shell, "move next-hop n1 c first");
        Done(shell, "move next-hop n1 a after n1 b");
        var hops = Done(shell, "show").Split('\n').Where(line => line.StartsWith("next-hop", StringComparison.Ordinal)).Select(line => line[^1]);
        Assert.Equal("cba", string.Concat(hops));
        Done(shell, "top");
        _answer = false;
        Assert.Equal("Operation canceled\n", shell.Run("do delete service shop").Output.Replace("% Error: ", "", StringComparison.Ordinal));
        _answer = true;
        Assert.Contains("service shop", Done(shell, "search shop"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_offers_elements_keys_values_and_commands()
    {
        var shell = Loaded();
        Assert.Contains("configure", Offers(shell, "con"));
        Assert.Equal(["r1"], Offers(shell, "configure authority router ").Where(word => word[0] != '<'));
        Assert.Equal(["running", "candidate"], Offers(shell, "export config "));
        Done(shell, "configure authority service web");
        Assert.Equal(["private", "public"], Offers(shell, "scope "));
        Assert.Contains("workers", Offers(shell, "access-policy "));
        Assert.Contains("usage: scope [<scope>]", shell.Help("scope "), StringComparison.Ordinal);
        Assert.Contains("Options: private, public", shell.Help("scope "), StringComparison.Ordinal);
        Assert.Contains("Service Attributes\n------------------\n", shell.Help(""), StringComparison.Ordinal);
        Assert.Contains("General Commands\n----------------\n", shell.Help(""), StringComparison.Ordinal);
    }

    [Fact]
    public void Old_lines_come_back()
    {
        var shell = Loaded();
        Done(shell, "show config version");
        Assert.Equal(Done(shell, "!!"), Done(shell, "!show"));
        Assert.False(shell.Run("!nothing").IsDone);
        Assert.Contains("show config version", Done(shell, "show history"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_candidate_outlives_its_shell()
    {
        var shell = Loaded();
        Done(shell, "configure authority service web description kept");
        shell.Save();
        Assert.StartsWith("*", Open().Prompt, StringComparison.Ordinal);
        Assert.Contains("kept", Done(Open(), "compare config"), StringComparison.Ordinal);
        Assert.Equal("# No differences\n", Done(Open("bob"), "compare config"));
    }

    private static string[] Offers(ShellSession shell, string line) => [.. shell.Complete(line).Select(choice => choice.Text)];

    private static string Done(ShellSession shell, string line)
    {
        var result = shell.Run(line);
        Assert.True(result.IsDone, $"{line}: {result.Output}");
        return result.Output;
    }

    private ShellSession Open(string user = "alice") => new(_folder, new DiskFiles(), _clock, "r1", user, question =>
    {
        _asked = question;
        return _answer;
    });

    private ShellSession Loaded()
    {
        var shell = Open();
        foreach (var line in Router.Split('\n'))
            Done(shell, line);
        Done(shell, "commit force");
        return shell;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
