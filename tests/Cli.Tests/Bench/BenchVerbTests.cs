using System;

namespace Warren.Cli.Tests.Bench;

public class BenchVerbTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--quick", "--help")]
    public void Help_names_every_option_and_part(params string[] words)
    {
        var outcome = Outcome.Of(["warren", "bench", .. words]);
        Assert.Equal(0, outcome.Code);
        Assert.Equal("", outcome.Error);
        Assert.StartsWith("Usage: warren bench", outcome.Output, StringComparison.Ordinal);
        foreach (var option in (string[])["--engine", "--rounds", "--seconds", "--idle-seconds", "--only", "--mtu-sized", "--quick", "--json"])
            Assert.Contains($"\n  {option} ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"of {string.Join(", ", Warren.Bench.Throughput.BenchOptions.Parts)}\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_word_is_named_with_exit_code_two()
    {
        var outcome = Outcome.Of("warren", "bench", "--faster");
        Assert.Equal(2, outcome.Code);
        Assert.Equal("", outcome.Output);
        Assert.Equal("warren bench: Unknown word: `--faster'.\nTry `warren bench --help'.\n", outcome.Error);
    }
}
