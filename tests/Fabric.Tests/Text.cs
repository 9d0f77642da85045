using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;

namespace Warren.Fabric.Tests;

/// <summary>Small configurations, as text.</summary>
internal static class Text
{
    /// <summary>What a text says; it must be without fault, but for last exits that are left out.</summary>
    internal static ConfigNode Parse(string text)
    {
        var read = ConfigParser.Parse(Authority.Schema, new SourceText("test", text), ReadMode.Fragment);
        Assert.DoesNotContain(read.Findings, finding => finding.Rule != "exit-missing" || finding.Severity == Config.Severity.Error);
        return read.Root;
    }

    /// <summary>…with everything it implies.</summary>
    internal static Authority Effective(string text) => new(Generator.Generate(Parse(text)));
}
