using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Warren.Lab;
using Warren.Lab.Processes;

namespace Warren.Examples.TwoSites;

/// <summary>The article from its first line to a wrong key, and what was seen of it.</summary>
internal sealed class Demonstration(string warren, string configurations, Transcript transcript)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);
    private static readonly string[] Everywhere = ["10.1.1.1", "10.1.1.11", "10.1.1.12", "192.168.1.20", "172.16.1.20"];
    private static readonly string[] Hosts = ["lan1", "lan2", "hub", "site1", "site2"];

    /// <summary>Runs all of it; the report says whether everything was as expected.</summary>
    public ScenarioReport Run()
    {
        var report = new ScenarioReport();
        transcript.Step("Nine hosts, each in namespaces of its own");
        transcript.Output(TwoSites.Drawing);
        var clock = Stopwatch.StartNew();
        using (var lab = TwoSites.Topology(host => File.ReadAllText(Path.Combine(configurations, $"{host}.conf"))).Start())
        {
            foreach (var node in lab.Nodes) node.Environment["WG_COLOR_MODE"] = transcript.Colour ? "always" : "never";
            transcript.Note($"made in {clock.ElapsedMilliseconds} ms");
            BringUp(lab, report);
            Reach(lab, report);
            Measure(lab, report);
            Show(lab, report);
            WrongKey(lab, report);
        }

        return report;
    }

    private void BringUp(LiveTopology lab, ScenarioReport report)
    {
        transcript.Step("The article's three configurations as they stand, brought up with `warren quick up wg0`");
        foreach (var host in TwoSites.Tunnelled)
        {
            var result = Type(lab[host], "quick", "up", "wg0");
            transcript.Output(result.Error);
            report.Add($"{host}: warren quick up wg0", "exit code 0", $"exit code {result.ExitCode}");
        }

        if (Directory.Exists("/sys/module/wireguard")) transcript.Note("this kernel has WireGuard: `quick` prefers it to the engine of warren");
    }

    private void Reach(LiveTopology lab, ScenarioReport report)
    {
        transcript.Step("Every host reaches both networks and every tunnel address");
        lab["lan1"].CanReach("172.16.1.20", Soon);
        Ping(lab, report, "lan1", "172.16.1.20", "lan2");
        Ping(lab, report, "lan2", "192.168.1.20", "lan1");
        foreach (var host in Hosts)
        {
            var reached = Everywhere.Count(address => lab[host].Ping(address).AllAnswered);
            transcript.Line($"{host} → {string.Join(' ', Everywhere)}", $"{reached} of {Everywhere.Length}");
            report.Add($"{host} reaches all five addresses", "5 of 5", $"{reached} of {Everywhere.Length}");
        }
    }

    private void Ping(LiveTopology lab, ScenarioReport report, string from, string address, string to)
    {
        var result = lab[from].Ping(address, 5);
        transcript.Line($"{from} → {to} ({address}), five pings", FormattableString.Invariant($"{result}, {result.Median.TotalMilliseconds:0.00} ms"));
        report.Add($"ping {from} → {to}", "5 of 5 answered", result.ToString());
    }

    private void Measure(LiveTopology lab, ScenarioReport report)
    {
        transcript.Step("A TCP stream from network to network, three seconds each way (through the hub: sealed and opened twice)");
        foreach (var (from, to, address) in ((string, string, string)[])[("lan1", "lan2", "172.16.1.20"), ("lan2", "lan1", "192.168.1.20")])
        {
            var stream = lab[from].Stream(lab[to], address, TimeSpan.FromSeconds(3));
            transcript.Line($"{from} → {to}, iperf3", stream.ToString());
            report.Add($"stream {from} → {to}", "more than 10 Mbit/s", stream.ToString(), stream.BitsPerSecond > 10e6);
        }
    }

    private void Show(LiveTopology lab, ScenarioReport report)
    {
        transcript.Step("What each host says of it");
        foreach (var host in TwoSites.Tunnelled)
        {
            transcript.Output(Type(lab[host], "show").Output);
            var handshakes = lab[host].Run(warren, "show", "wg0", "latest-handshakes").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var expected = host == "hub" ? "2 of 2 peers" : "1 of 1 peers";
            report.Add($"{host}: handshakes made", expected, $"{handshakes.Count(l => !l.EndsWith("\t0", StringComparison.Ordinal))} of {handshakes.Length} peers");
        }
    }

    private void WrongKey(LiveTopology lab, ScenarioReport report)
    {
        transcript.Step("Something else: what a wrong key looks like");
        transcript.Note("site2 gets a private key that the hub has never heard of; WireGuard itself would drop it without a word");
        var site = lab["site2"];
        var right = site.ReadFile("/etc/wireguard/wg0.conf");
        var wrong = site.Run(warren, "genkey").OrThrow().Output.Trim();
        var stranger = site.RunWithInput(wrong, warren, "pubkey").OrThrow().Output.Trim();
        Change(site, string.Join('\n', right.Split('\n').Select(line => line.StartsWith("PrivateKey", StringComparison.Ordinal) ? $"PrivateKey = {wrong}" : line)));
        var ping = lab["lan2"].Ping("192.168.1.20");
        transcript.Line("lan2 → lan1 (192.168.1.20), three pings", ping.ToString());
        report.Add("wrong key: ping lan2 → lan1", "0 of 3 answered", ping.ToString());

        var drops = Type(lab["hub"], "show", "wg0", "--drops").Output;
        transcript.Output(drops);
        report.Add("wrong key: the hub names the reason", "unknown-static-key", Word(drops, "unknown-static-key"));
        report.Add("wrong key: and the key that was offered", stranger[..8] + "…", Word(drops, stranger[..8]) + "…");

        transcript.Note("and with the right key again");
        Change(site, right);
        lab["lan2"].CanReach("192.168.1.20", Soon);
        Ping(lab, report, "lan2", "192.168.1.20", "lan1");
    }

    private void Change(Node site, string configuration)
    {
        transcript.Command(site.Name, "warren quick down wg0 && $EDITOR /etc/wireguard/wg0.conf && warren quick up wg0");
        site.Run(warren, "quick", "down", "wg0").OrThrow();
        site.WriteFile("/etc/wireguard/wg0.conf", configuration);
        site.Run(warren, "quick", "up", "wg0").OrThrow();
    }

    private static string Word(string text, string word) => text.Contains(word, StringComparison.Ordinal) ? word : "not named";

    private ProcessResult Type(Node node, params string[] arguments)
    {
        transcript.Command(node.Name, $"warren {string.Join(' ', arguments)}");
        var result = node.Run([warren, .. arguments]);
        if (!result.Succeeded) transcript.Output(result.ToString());
        return result;
    }
}
