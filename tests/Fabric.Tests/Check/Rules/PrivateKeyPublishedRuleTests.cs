using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class PrivateKeyPublishedRuleTests
{
    [Fact]
    public void Rejects_a_key_in_an_article()
    {
        var finding = Three.Files(("howto.md", $"# How to\n\nWrite this into a file:\n\n```\n{Three.One}```\n\nand start it.\n")).Rejects("private-key-published", "howto.md", Severity.Warning);
        Assert.DoesNotContain(Three.OneKeys.Private, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_a_placeholder()
    {
        var report = Three.Files(("howto.md", $"# How to\n\nWrite this into a file:\n\n```\n{Three.One.Replace(Three.OneKeys.Private, "<private key of one>", StringComparison.Ordinal)}```\n"));
        report.Accepts("private-key-published");
        report.Accepts("key-unreadable");
    }

    [Fact]
    public void Accepts_a_key_in_a_file()
    {
        Three.Check().Accepts("private-key-published");
    }
}
