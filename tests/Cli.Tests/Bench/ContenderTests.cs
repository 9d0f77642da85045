using Warren.Bench.Throughput;

namespace Warren.Cli.Tests.Bench;

public class ContenderTests
{
    [Fact]
    public void The_name_ends_at_the_first_equals_sign()
    {
        var contender = Contender.Parse("go=env LOG_LEVEL=error wireguard-go -f {if}");
        Assert.NotNull(contender);
        Assert.Equal("go", contender.Name);
        Assert.Equal(["env", "LOG_LEVEL=error", "wireguard-go", "-f", "wg1"], contender.CommandFor("wg1"));
        Assert.False(contender.IsCable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wireguard-go -f {if}")]
    [InlineData("=wireguard-go -f {if}")]
    [InlineData(" =wireguard-go -f {if}")]
    [InlineData("go=")]
    [InlineData("go=   ")]
    [InlineData("go=wireguard-go -f wg0")]
    [InlineData("{if}=wireguard-go -f wg0")]
    public void Rejects_what_names_no_engine_or_no_interface(string text) => Assert.Null(Contender.Parse(text));

    [Fact]
    public void The_cable_runs_nothing()
    {
        Assert.True(Contender.Cable.IsCable);
        Assert.Empty(Contender.Cable.CommandFor("wg0"));
    }
}
