using System;

namespace Warren.Cli.Tests;

public class WarrenProgramTests
{
    [Theory]
    [InlineData("warren")]
    [InlineData("/opt/warren/warren", "--help")]
    [InlineData("warren", "help")]
    public void Prints_its_own_help(params string[] commandLine)
    {
        var outcome = Outcome.Of(commandLine);
        Assert.Equal(0, outcome.Code);
        Assert.StartsWith("warren: WireGuard networks", outcome.Output, StringComparison.Ordinal);
        foreach (var verb in VerbTable.Verbs)
            Assert.Contains($"\n  {verb.Name} ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void Every_verb_helps_with_an_example()
    {
        foreach (var verb in VerbTable.Verbs)
        {
            var outcome = Outcome.Of("warren", verb.Name, "--help");
            Assert.Equal(0, outcome.Code);
            var text = outcome.Output + outcome.Error;
            Assert.StartsWith($"Usage: warren {verb.Name}", text, StringComparison.Ordinal);
            Assert.Matches("(?i)example", text);
        }
    }

    [Fact]
    public void Prints_its_version()
    {
        var outcome = Outcome.Of("warren", "--version");
        Assert.Equal(0, outcome.Code);
        Assert.Matches("^warren [0-9]+\\.[0-9]+\\.[0-9]+\n$", outcome.Output);
    }

    [Fact]
    public void An_unknown_verb_gets_one_line_and_exit_code_one()
    {
        var outcome = Outcome.Of("warren", "frobnicate");
        Assert.Equal(1, outcome.Code);
        Assert.Equal("", outcome.Output);
        Assert.Equal("warren: there is no verb `frobnicate'. `warren --help' lists them all.\n", outcome.Error);
    }
}
