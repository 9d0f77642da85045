using System;
using System.Collections.Generic;
using System.IO;
using Warren.Cli.Engine;
using Warren.Linux.Tun;
using Warren.Linux.Udp;

namespace Warren.Cli.Tests.Engine;

public class EngineArgumentsTests
{
    [Theory]
    [InlineData("tun", TunOffloads.None, UdpOffloads.All)]
    [InlineData("tso", TunOffloads.VnetHeader | TunOffloads.Checksum, UdpOffloads.All)]
    [InlineData("uso,udp-gro", TunOffloads.All & ~TunOffloads.Udp, UdpOffloads.Segmentation)]
    [InlineData("udp-segment", TunOffloads.All, UdpOffloads.Receive)]
    [InlineData("all", TunOffloads.None, UdpOffloads.None)]
    public void An_offload_that_is_not_wanted_is_not_asked_for_nor_by_the_daemon(string names, TunOffloads tun, UdpOffloads udp)
    {
        Assert.True(TryParse(["--no-offload", names, "wg0"], [], out var arguments, out _));
        Assert.Equal((tun, udp), (arguments.Options.TunOffloads, arguments.Options.UdpOffloads));
        Assert.True(TryParse(["wg0"], new() { ["WARREN_NO_OFFLOAD"] = names }, out var fromVariable, out _));
        Assert.Equal((tun, udp), (fromVariable.Options.TunOffloads, fromVariable.Options.UdpOffloads));

        Assert.True(TryParse([.. ((List<string>)arguments.ToForeground())[1..]], [], out var daemon, out _));
        Assert.Equal((tun, udp), (daemon.Options.TunOffloads, daemon.Options.UdpOffloads));
    }

    [Fact]
    public void Everything_is_asked_for_by_default()
    {
        Assert.True(TryParse(["wg0"], [], out var arguments, out _));
        Assert.Equal((TunOffloads.All, UdpOffloads.All), (arguments.Options.TunOffloads, arguments.Options.UdpOffloads));
        Assert.DoesNotContain("--no-offload", arguments.ToForeground());
    }

    [Fact]
    public void An_unknown_offload_is_named_with_those_there_are()
    {
        Assert.False(TryParse(["--no-offload", "tso,gso", "wg0"], [], out _, out var fault));
        Assert.Equal("`gso' is no offload: tun, tso, uso, udp-segment, udp-gro and all are.", fault);
        Assert.False(TryParse(["--no-offload"], [], out _, out fault));
        Assert.Contains("needs a value", fault, StringComparison.Ordinal);
    }

    private static bool TryParse(string[] words, Dictionary<string, string> variables, out EngineArguments arguments, out string fault)
    {
        using var invocation = new Invocation
        {
            Program = "warren",
            Arguments = words,
            Input = Stream.Null,
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            Variable = name => variables.GetValueOrDefault(name),
        };
        return EngineArguments.TryParse(invocation, foreground: true, out arguments, out fault);
    }
}
