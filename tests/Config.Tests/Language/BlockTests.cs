using System;
using System.IO;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Config.Tests.Language;

/// <summary>The blocks of the vendor's pages, as they stand there: fragments, of which one closes its router too early.</summary>
public sealed class BlockTests
{
    private static readonly string[] Broken = ["000-04.conf", "001-05.conf"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder()).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_block_is_read_as_it_stands_and_written_in_three_forms_that_say_the_same(string file)
    {
        var read = Read(file);
        if (Broken.Contains(file))
        {
            var finding = Assert.Single(read.Findings);
            Assert.Equal("exit-too-many", finding.Rule);
            Assert.Equal(32, finding.Position.Line);
            Assert.Contains("node belongs in router dc2, which the exit on line 30 closed too early", finding.Message, StringComparison.Ordinal);
            Assert.Equal("delete the exit on line 30, and end the text with one more", finding.Fix);
        }
        else
        {
            Assert.Empty(read.Findings);
        }

        Assert.NotEqual(0, read.Root.Children.Length);
        AssertForms(read.Root);
    }

    [Fact]
    public void The_router_whose_block_is_closed_too_early_is_whole_all_the_same()
    {
        var router = new Authority(Read("001-05.conf").Root).Routers.Single();
        Assert.Equal(["p1", "p2", "p3"], router.Profiles.Single().Peers.Select(peer => peer.Name));
        Assert.Equal("wg-profile-1", router.Nodes.Single().Devices.Single().Interfaces.Single().Addresses.Single().Profile);
    }

    [Fact]
    public void All_blocks_merge_into_one()
    {
        var all = ConfigParser.Parse(Authority.Schema, Directory.GetFiles(Folder()).Order(StringComparer.Ordinal).Select(file => new SourceText(Path.GetFileName(file), File.ReadAllText(file))), ReadMode.Fragment);
        Assert.Equal(2, all.Findings.Count);
        var authority = new Authority(all.Root);
        Assert.Equal(["dc1", "dc2", "r1"], authority.Routers.Select(router => router.Name));
        Assert.Equal(["engineering", "remote-worker"], authority.Tenants.Select(tenant => tenant.Name));
    }

    /// <summary>Lines lost, doubled, swapped, cut and bent: nothing throws, and whatever was understood is written and read back as the same.</summary>
    [Fact]
    [Trait("Category", "Property")]
    public void Bent_blocks_are_read_without_fail_and_what_is_understood_says_the_same_in_three_forms()
    {
        var random = new Random(20261127);
        var texts = Directory.GetFiles(Folder()).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToArray();
        for (var i = 0; i < 1500; i++)
        {
            var text = Bend(texts[random.Next(texts.Length)], random);
            foreach (var mode in Enum.GetValues<ReadMode>())
                AssertForms(ConfigParser.Parse(Authority.Schema, new SourceText("bent", text), mode).Root);
        }
    }

    [Fact]
    [Trait("Category", "Property")]
    public void Noise_is_read_without_fail()
    {
        var random = new Random(4711);
        for (var i = 0; i < 500; i++)
        {
            var noise = new string([.. Enumerable.Range(0, random.Next(400)).Select(_ => (char)(random.Next(5) == 0 ? '\n' : random.Next(1, 500)))]);
            AssertForms(ConfigParser.Parse(Authority.Schema, new SourceText("noise", noise), ReadMode.Typed).Root);
            _ = ConfigJson.Read(Authority.Schema, new SourceText("noise", noise));
            _ = ConfigJson.Read(Authority.Schema, new SourceText("noise", "{\"authority\":{\"router\":[{\"name\":" + noise + "}]}}"));
        }
    }

    private static string Bend(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        for (var bends = random.Next(1, 6); bends > 0; bends--)
        {
            var at = random.Next(lines.Count);
            var line = lines[at];
            switch (random.Next(8))
            {
                case 0 when lines.Count > 1:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, lines[random.Next(lines.Count)]);
                    break;
                case 2 when line.Length > 0:
                    lines[at] = line.Remove(random.Next(line.Length), 1);
                    break;
                case 3:
                    lines[at] = line.Insert(random.Next(line.Length + 1), ((char)random.Next(32, 127)).ToString());
                    break;
                case 4:
                    lines[at] = line.TrimStart();
                    break;
                case 5:
                    lines.Insert(at, "exit");
                    break;
                case 6:
                    var other = random.Next(lines.Count);
                    (lines[at], lines[other]) = (lines[other], lines[at]);
                    break;
                default:
                    lines[at] = "delete " + line.Trim();
                    break;
            }
        }

        return string.Join('\n', lines);
    }

    private static void AssertForms(ConfigNode root)
    {
        var options = new FormatOptions { Secrets = true };
        var native = ConfigFormatter.Format(root, options);
        AssertSame(root, ConfigParser.Parse(Authority.Schema, new SourceText("native", native)), native);
        Assert.Equal(native, ConfigFormatter.Format(ConfigParser.Parse(Authority.Schema, new SourceText("native", native)).Root, options));
        var flat = ConfigFormatter.Format(root, options with { Flat = true });
        AssertSame(root, ConfigParser.Parse(Authority.Schema, new SourceText("flat", flat)), flat);
        var json = ConfigJson.Write(root, options);
        AssertSame(root, ConfigJson.Read(Authority.Schema, new SourceText("json", json)), json);
    }

    private static void AssertSame(ConfigNode root, ConfigText read, string text)
    {
        Assert.True(read.Findings.Count == 0, $"{string.Join('\n', read.Findings)}\n{text}");
        Assert.True(read.Root.SaysTheSame(root), text);
    }

    private static ConfigText Read(string file) =>
        ConfigParser.Parse(Authority.Schema, new SourceText(file, File.ReadAllText(Path.Combine(Folder(), file))), ReadMode.Fragment);

    private static string Folder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Warren.slnx");
        return Path.Combine(folder, "tests/Config.Tests/Language/Blocks");
    }
}
