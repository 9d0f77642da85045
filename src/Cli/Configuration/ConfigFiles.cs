using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Warren.Config;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;

namespace Warren.Cli.Configuration;

/// <summary>Authority files that were named on the command line, read into one configuration.</summary>
/// <param name="Authored">What they say.</param>
/// <param name="Findings">What could not be read.</param>
internal sealed record ConfigFiles(ConfigNode Authored, IReadOnlyList<Finding> Findings)
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>With everything that profiles imply.</summary>
    public ConfigNode Effective => field ??= Generator.Generate(Authored);

    /// <summary>Whether something in them could not be read.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>Reads files, one after the other into one configuration: "-" is standard input; a text that begins with '{' is JSON.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static ConfigFiles Read(Invocation invocation, IReadOnlyList<string> paths, ReadMode mode)
    {
        var findings = new List<Finding>();
        var tree = new NodeBuilder(Authority.Schema, "", default).ToNode();
        var count = 0;
        foreach (var path in paths.SelectMany(Expand))
        {
            count++;
            var source = new SourceText(path == "-" ? "(standard input)" : path, ReadText(invocation, path));
            var read = source.Text.AsSpan().TrimStart() is ['{', ..] ? ConfigJson.Read(Authority.Schema, source, tree) : ConfigParser.Merge(tree, source, mode);
            findings.AddRange(read.Findings);
            tree = read.Root;
        }

        if (count == 0)
            throw new FileNotFoundException($"there is no .conf or .json file in {string.Join(' ', paths)}");
        return new ConfigFiles(tree, findings);
    }

    private static IEnumerable<string> Expand(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => file.EndsWith(".conf", StringComparison.Ordinal) || file.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        : [path];

    private static string ReadText(Invocation invocation, string path)
    {
        byte[] bytes;
        if (path == "-")
        {
            using var all = new MemoryStream();
            invocation.Input.CopyTo(all);
            bytes = all.ToArray();
        }
        else
        {
            bytes = File.ReadAllBytes(path);
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new IOException($"{path} is no text in UTF-8");
        }
    }
}
