using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Warren.Config.Language;
using Warren.Fabric.Check;

namespace Warren.Fabric.Tests.Check;

[Trait("Category", "Property")]
public class CheckerPropertyTests
{
    private static readonly string Authority = $"""
        config
            authority
                tenant staff
                    member inside
                        neighborhood inside
                        address 10.9.0.0/24
                    exit
                exit
                service web
                    address 192.0.2.7/32
                    access-policy staff
                        permission allow
                    exit
                exit
                router r1
                    wireguard-profile p
                        private-network
                            neighborhood inside
                            address 10.9.0.1/24
                        exit
                        peer one
                            public-key {Three.OneKeys.Public}
                            allowed-ip 10.9.0.2/32
                        exit
                    exit
                    node n1
                        device-interface eth1
                            network-interface net
                                address 192.0.2.1
                                    wireguard-profile p
                                exit
                            exit
                        exit
                    exit
                exit
            exit
        exit
        """;

    private static readonly string[] Extensions = [".conf", ".nmconnection", ".netdev", ".network", ".txt", ".md", ""];

    [Fact]
    public void Any_text_is_read() => Prop.ForAll<string, int>((text, which) => Survives(Name(which), text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void A_network_with_mistakes_anywhere_is_read_and_its_secrets_stay_hidden() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            string[] texts = [Mutate(random, Three.Hub), Mutate(random, Three.One), Mutate(random, Three.Two)];
            var report = Three.Files(("hub.conf", texts[0]), ("one" + Name(seed), texts[1]), ("howto.txt", $"Host two:\n\n{texts[2]}\n\nThe end.\n"));
            return Hides(report, Three.HubKeys.Private, Three.OneKeys.Private, Three.TwoKeys.Private);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("000")]
    [InlineData("002")]
    [InlineData("003")]
    public void A_seed_with_mistakes_anywhere_is_read_and_its_secrets_stay_hidden(string number)
    {
        var text = SeedsTests.Seed(number).Source.Text;
        var secrets = text.Split([' ', '\n']).Where(word => word.Length == 44 && word[^1] == '=' && text.Contains($"PrivateKey = {word}", StringComparison.Ordinal)).Distinct().ToArray();
        Assert.NotEmpty(secrets);
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var changed = text;
            for (var i = 0; i < 8; i++)
                changed = Mutate(random, changed);
            return Survives("seed.txt", changed) && Hides(Three.Files(("seed.txt", changed)), secrets);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_authority_with_mistakes_anywhere_is_read() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var text = Authority;
            for (var i = 0; i < 4; i++)
                text = Mutate(random, text);
            return Survives("authority.conf", text) && Survives("authority.md", $"Write:\n{text}\nThat is all.\n");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fixes_can_always_be_written() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var file = new CheckedFile(new SourceText("one.conf", Mutate(random, Mutate(random, Three.One))));
            var (text, changes) = Checker.Fix(file, Checker.Check([new CheckedFile(new SourceText("hub.conf", Three.Hub)), file]).Remarks);
            return changes > 0 || text == file.Source.Text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_network_with_one_key_mistyped_shows_no_part_of_it()
    {
        // A secret with one letter too few, too many or another is not a key, and yet most of one.
        foreach (var typed in new[] { Three.OneKeys.Private[1..], Three.OneKeys.Private + "A", Three.OneKeys.Private.Replace('A', '!') })
        {
            foreach (var field in new[] { "PrivateKey", "PresharedKey", "PublicKey", "Address", "Endpoint", "MTU", "Adress", "Nothing" })
            {
                var report = Three.Files(("one.conf", $"[Interface]\n{field} = {typed}\n{typed} = {field}\n[Peer]\n{field} = {typed}\n{typed}\n"));
                foreach (var remark in report.Remarks.Where(_ => field is "PrivateKey" or "PresharedKey"))
                    Assert.DoesNotContain(typed[4..30], remark.Finding.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_cost_of_a_thousand_files_is_that_of_four_times_250()
    {
        Check(Spokes(50));
        var few = Check(Spokes(250));
        var many = Check(Spokes(1000));

        // Four times as many files take four times as long, not sixteen: the best of several runs, as the machine has other work.
        Assert.True(many < 10 * few + TimeSpan.FromMilliseconds(200), $"{few} for 250 files, {many} for 1000");

        static TimeSpan Check(CheckedFile[] files)
        {
            var best = TimeSpan.MaxValue;
            for (var run = 0; run < 4; run++)
            {
                var watch = Stopwatch.StartNew();
                Assert.Empty(Checker.Check(files).Remarks);
                best = watch.Elapsed < best ? watch.Elapsed : best;
            }

            return best;
        }
    }

    [Theory]
    [InlineData("[Interface] ")]
    [InlineData("[Peer] AllowedIPs = 10.0.0.0/8, ")]
    [InlineData("config\nauthority\n")]
    [InlineData("wireguard port 51820. s1, s2 and s3 have 10.0.0.1, 10.0.0.2 and 10.0.0.3 ")]
    [InlineData("#[=")]
    [InlineData("a b ")]
    public void The_cost_of_one_long_text_grows_with_its_length(string part)
    {
        var text = new StringBuilder().Insert(0, part, 400_000 / part.Length).ToString();
        var watch = Stopwatch.StartNew();
        Survives("long.txt", text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    // One hub, and all that dial it, each with a subnet of its own.
    private static CheckedFile[] Spokes(int count)
    {
        var hubKeys = Pair.Of(100_000);
        var hub = new StringBuilder($"[Interface]\nAddress = 10.0.0.1/8\nListenPort = 51820\nPrivateKey = {hubKeys.Private}\nPostUp = sysctl -w net.ipv4.ip_forward=1\n");
        var files = new List<CheckedFile>();
        for (var i = 1; i < count; i++)
        {
            var keys = Pair.Of(i);
            hub.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n[Peer]\nPublicKey = {keys.Public}\nAllowedIPs = 10.1.{i / 250}.{i % 250 + 1}/32, 172.{16 + i / 250}.{i % 250}.0/24\n");
            files.Add(new CheckedFile(new SourceText($"spoke{i}.conf",
                $"[Interface]\nAddress = 10.1.{i / 250}.{i % 250 + 1}/8\nPrivateKey = {keys.Private}\nPostUp = sysctl -w net.ipv4.ip_forward=1\n\n[Peer]\nPublicKey = {hubKeys.Public}\nAllowedIPs = 10.0.0.0/8\nEndpoint = 192.0.2.1:51820\nPersistentKeepalive = 25\n")));
        }

        files.Add(new CheckedFile(new SourceText("hub.conf", hub.ToString())));
        return [.. files];
    }

    private static bool Survives(string name, string text)
    {
        var file = new CheckedFile(new SourceText(name, text), 0x1a4);
        var report = Checker.Check([file]);
        foreach (var remark in report.Remarks)
        {
            if (remark.Edit is { } edit)
                Assert.InRange(edit.Start + edit.Length, 0, text.Length);
        }

        return report.Remarks.All(remark => remark.Finding.Position.IsKnown);
    }

    private static bool Hides(CheckReport report, params string[] secrets) =>
        report.Remarks.All(remark => secrets.All(secret => !remark.Finding.ToString().Contains(secret[..40], StringComparison.Ordinal)));

    private static string Name(int which) => "one" + Extensions[(int)((uint)which % (uint)Extensions.Length)];

    // Characters lost, doubled and changed; lines lost, doubled and moved; ends of lines lost.
    private static string Mutate(Random random, string text)
    {
        if (text.Length < 4)
            return text;
        var at = random.Next(text.Length - 2);
        var line = text.IndexOf('\n', at) is var end and >= 0 ? end : at;
        return random.Next(8) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[at].ToString()),
            2 => text.Insert(at, "[]=#,:/\n\0\t é"[random.Next(12)].ToString()),
            3 => text[..at] + text[line..],
            4 => text[..line] + " " + text[Math.Min(text.Length, line + 1)..],
            5 => text[..at] + text[random.Next(at, text.Length)..],
            6 => text[..line] + text[random.Next(text.Length)..],
            _ => text[line..] + text[..line],
        };
    }
}
