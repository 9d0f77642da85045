using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Warren.Cli.Tests;

/// <summary>The rooms of docs/architecture.md, held against the project files and the sources.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Root = FindRoot();

    // Who may reference whom. A new arrow is a decision: change docs/architecture.md with it.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Protocol"] = [],
        ["Linux"] = [],
        ["Engine"] = ["Protocol", "Linux"],
        ["Config"] = ["Protocol"],
        ["Fabric"] = ["Config", "Protocol"],
        ["Router"] = ["Fabric", "Linux", "Config"],
        ["Lab"] = ["Linux", "Config"],
        ["Cli"] = ["Protocol", "Linux", "Engine", "Config", "Fabric", "Router", "Lab", "Bench.Throughput"],
    };

    [Fact]
    public void Rooms_reference_only_what_they_may()
    {
        var rooms = Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).Order().ToArray();
        Assert.Equal(Allowed.Keys.Order(), rooms);
        foreach (var (room, allowed) in Allowed)
        {
            var references = Project(room).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value).Replace("Warren.", "", StringComparison.Ordinal));
            Assert.Empty(references.Except(allowed).Select(extra => $"{room} → {extra}"));
        }
    }

    [Fact]
    public void Only_Linux_compiles_unsafe_code()
    {
        var rooms = Allowed.Keys.Where(room => Project(room).Descendants("AllowUnsafeBlocks").Any(e => e.Value == "true"));
        Assert.Equal(["Linux"], rooms);
    }

    [Fact]
    public void The_product_depends_on_no_package()
    {
        var packages = Allowed.Keys.SelectMany(room => Project(room).Descendants("PackageReference")
            .Select(p => $"{room}: {p.Attribute("Include")!.Value}"));
        Assert.Empty(packages);
    }

    [Fact]
    public void Pure_rooms_ban_clocks_sockets_and_randomness()
    {
        foreach (var room in new[] { "Protocol", "Config", "Fabric" })
        {
            var banned = File.ReadAllText(Path.Combine(Root, "src", room, "BannedSymbols.txt"));
            foreach (var symbol in new[] { "System.DateTime.UtcNow", "System.TimeProvider", "System.Random", "RandomNumberGenerator", "System.Threading.Thread" })
                Assert.Contains(symbol, banned, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_say_what_a_thing_is_and_files_have_no_regions()
    {
        var faults = from file in Sources()
                     from line in File.ReadLines(file)
                     where EmptyName().IsMatch(line) || line.TrimStart().StartsWith("#region", StringComparison.Ordinal)
                     select $"{Path.GetRelativePath(Root, file)}: {line.Trim()}";
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_room_has_a_readme()
    {
        Assert.DoesNotContain(Allowed.Keys, room => !File.Exists(Path.Combine(Root, "src", room, "README.md")));
    }

    private static IEnumerable<string> Sources() =>
        new[] { "src", "tests", "bench", "examples" }
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    private static XDocument Project(string room) => XDocument.Load(Path.Combine(Root, "src", room, $"Warren.{room}.csproj"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no Warren.slnx above the tests");
        return folder;
    }

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+\w*(Manager|Helpers?|Utils?|Common)\b")]
    private static partial Regex EmptyName();
}
