using System;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class FwMarkTests
{
    private const string Count = """
        table inet marks {
            counter marked {}
            counter plain {}
            chain out {
                type filter hook output priority 0;
                udp sport 51820 meta mark 0x1234 counter name marked
                udp sport 51820 meta mark 0 counter name plain
            }
        }
        """;

    [Theory]
    [ClassData(typeof(Mixes))]
    public void Datagrams_carry_the_mark_from_the_moment_it_is_set(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        pair.Left.RunWithInput(Count, "nft", "-f", "-").OrThrow();
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
        Assert.Equal(0, Packets(pair.Left, "marked"));
        var plain = Packets(pair.Left, "plain");
        Assert.True(plain >= 3);

        pair.Left.Wg("set", "wg0", "fwmark", "0x1234");
        Assert.Equal("0x1234", pair.Left.Wg("show", "wg0", "fwmark").Trim());
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
        var marked = Packets(pair.Left, "marked");
        Assert.True(marked >= 3);
        Assert.Equal(plain, Packets(pair.Left, "plain"));

        pair.Left.Wg("set", "wg0", "fwmark", "0");
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
        Assert.Equal(marked, Packets(pair.Left, "marked"));
        Assert.True(Packets(pair.Left, "plain") >= plain + 3);
    }

    private static int Packets(Node node, string counter)
    {
        var words = node.Run("nft", "list", "counter", "inet", "marks", counter).OrThrow().Output.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(words[Array.IndexOf(words, "packets") + 1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
