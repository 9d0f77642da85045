using System;
using System.Linq;
using Warren.Bench.Throughput;

namespace Warren.Cli.Tests.Bench;

public class BenchOptionsTests
{
    [Fact]
    public void Without_words_the_defaults_hold()
    {
        var options = Parse();
        Assert.Empty(options.Others);
        Assert.Equal(5, options.Rounds);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Stream);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Idle);
        Assert.All(BenchOptions.Parts, part => Assert.True(options.Wants(part)));
        Assert.False(options.MtuSized);
        Assert.False(options.Quick);
        Assert.Null(options.Json);
    }

    [Fact]
    public void Every_option_is_understood()
    {
        var options = Parse(
            "--rounds", "7", "--seconds", "9", "--idle-seconds", "0", "--only", "tcp, rtt", "--mtu-sized", "--json", "out.json",
            "--engine", "go=/opt/wireguard-go -f {if}", "--engine", "bt=boringtun  {if} --name={if}");
        Assert.Equal(7, options.Rounds);
        Assert.Equal(TimeSpan.FromSeconds(9), options.Stream);
        Assert.Equal(TimeSpan.Zero, options.Idle);
        Assert.Equal(["tcp", "rtt"], options.Only);
        Assert.False(options.Wants("udp"));
        Assert.True(options.MtuSized);
        Assert.Equal("out.json", options.Json);
        Assert.Equal(["go", "bt"], options.Others.Select(other => other.Name));
        Assert.Equal(["/opt/wireguard-go", "-f", "wg0"], options.Others[0].CommandFor("wg0"));
        Assert.Equal(["boringtun", "wg0", "--name=wg0"], options.Others[1].CommandFor("wg0"));
    }

    [Fact]
    public void Quick_is_one_short_round()
    {
        var options = Parse("--quick");
        Assert.True(options.Quick);
        Assert.Equal(1, options.Rounds);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Stream);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Idle);
    }

    [Theory]
    [InlineData("--quick", "--rounds", "3", "--seconds", "2", "--idle-seconds", "0")]
    [InlineData("--rounds", "3", "--seconds", "2", "--idle-seconds", "0", "--quick")]
    public void What_is_said_holds_beside_quick_in_any_order(params string[] words)
    {
        var options = Parse(words);
        Assert.True(options.Quick);
        Assert.Equal(3, options.Rounds);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Stream);
        Assert.Equal(TimeSpan.Zero, options.Idle);
    }

    [Theory]
    [InlineData("-", "--json")]
    [InlineData("-", "--json", "-")]
    [InlineData("-", "--json", "--quick")]
    [InlineData("file", "--json", "file", "--quick")]
    public void Json_goes_to_a_file_or_takes_the_place_of_the_table(string expected, params string[] words) =>
        Assert.Equal(expected, Parse(words).Json);

    [Theory]
    [InlineData("Unknown word: `fast'.", "fast")]
    [InlineData("Unknown word: `--round'.", "--round", "3")]
    [InlineData("Unknown word: `b'.", "--json", "a", "b")]
    [InlineData("`--rounds' needs a value.", "--rounds")]
    [InlineData("`--engine' needs a value.", "--quick", "--engine")]
    [InlineData("`0' is no value for --rounds", "--rounds", "0")]
    [InlineData("`101' is no value for --rounds", "--rounds", "101")]
    [InlineData("`2.5' is no value for --rounds", "--rounds", "2.5")]
    [InlineData("`-1' is no value for --rounds", "--rounds", "-1")]
    [InlineData("`many' is no value for --rounds", "--rounds", "many")]
    [InlineData("`0' is no value for --seconds", "--seconds", "0")]
    [InlineData("`1.5' is no value for --seconds", "--seconds", "1.5")]
    [InlineData("`601' is no value for --seconds", "--seconds", "601")]
    [InlineData("`NaN' is no value for --seconds", "--seconds", "NaN")]
    [InlineData("`3601' is no value for --idle-seconds", "--idle-seconds", "3601")]
    [InlineData("--only takes some of tcp, udp, rtt, memory, peers, handshakes, idle: `tcp,ping' is not.", "--only", "tcp,ping")]
    [InlineData("--only takes some of", "--only", ",")]
    [InlineData("An engine is NAME=COMMAND with {if}", "--engine", "go=wireguard-go -f")]
    [InlineData("Two engines are called `go'", "--engine", "go=a {if}", "--engine", "go=b {if}")]
    [InlineData("Two engines are called `warren'", "--engine", "warren=a {if}")]
    [InlineData("Two engines are called `veth'", "--engine", "veth=a {if}")]
    [InlineData("`--json' needs a value.", "--json", "")]
    public void What_cannot_be_understood_is_named(string complaint, params string[] words)
    {
        Assert.Null(BenchOptions.Parse(words, out var fault));
        Assert.StartsWith(complaint, fault, StringComparison.Ordinal);
    }

    private static BenchOptions Parse(params string[] words)
    {
        var options = BenchOptions.Parse(words, out var fault);
        Assert.Equal("", fault);
        return Assert.IsType<BenchOptions>(options);
    }
}
