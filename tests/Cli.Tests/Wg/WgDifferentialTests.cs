using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Engine.Kernel;
using Warren.Engine.Uapi;

namespace Warren.Cli.Tests.Wg;

/// <summary>The real wg and ours, given the same words against the same devices: text, exit code and bytes sent are equal.</summary>
public class WgDifferentialTests
{
    private static readonly long Start = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    private static readonly string Peer = "public_key=c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038\n";

    [Fact]
    public void Both_print_and_send_the_same()
    {
        Assert.SkipWhen(RealWg.WhyNot is not null, RealWg.WhyNot ?? "");
        using var files = new TemporaryFiles([.. WgCases.Files.Select(file => (file.Key, file.Value))]);
        using var devices = Devices();
        var cases = WgCases.All().ToList();
        Assert.True(cases.Count >= 150, $"only {cases.Count} cases");
        var differences = cases.Select(asked => Difference(asked, files, devices)).Where(text => text is not null).ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} of {cases.Count} differ:\n{string.Join("\n\n", differences)}");
    }

    private static string? Difference(WgCase asked, TemporaryFiles files, FakeDevices devices)
    {
        var words = asked.Line.Length == 0 ? [] : asked.Line.Split(' ').Select(word => Word(word, files)).ToArray();
        var variables = new Dictionary<string, string>();
        if (asked.Variable?.Split('=', 2) is [var name, var value])
            variables[name] = value;
        for (var attempt = 1; ; attempt++)
        {
            devices.TakeRequests();
            var theirs = RealWg.Run(devices.Directory, variables, asked.Input, words);
            var theirBytes = devices.TakeRequests();
            var ours = Outcome.Of(asked.Input, variables, Machine(devices), [RealWg.Path, .. words]);
            var ourBytes = devices.TakeRequests();
            var isEqual = theirs == ours && theirBytes == ourBytes;
            if (isEqual != (asked.Since is not null && RealWg.IsOld))
                return null;
            if (asked.Since is not null && RealWg.IsOld)
                return $"{asked}: marked as newer than the installed wg ({asked.Since}), but both agree";
            // A second may have passed between the two.
            if (attempt == 3)
                return $"{asked}\n  theirs: {theirs} sent {theirBytes}\n  ours:   {ours} sent {ourBytes}";
        }
    }

    private static string Word(string word, TemporaryFiles files) => word switch
    {
        "''" => "",
        ['$', .. var file] => files[file],
        _ => word.Replace('_', ' '),
    };

    private static Machine Machine(FakeDevices devices) => new()
    {
        Devices = () => new DeviceDirectory(new UapiClient(devices.Directory), new KernelClient()),
        OutputIsTerminal = () => false,
    };

    private static FakeDevices Devices() => new FakeDevices()
        .With("wg7", GoldenDevice.Answer)
        .With("verbose", GoldenDevice.Verbose)
        .With("empty", "errno=0\n\n")
        .With("bare", $"fwmark=1\n{Peer}{Peer.Replace("c5", "c6", StringComparison.Ordinal)}rx_bytes=1023\ntx_bytes=1024\nerrno=0\n\n")
        .With("old", $"{Peer}last_handshake_time_sec={Start - 100_000_061}\nrx_bytes=1099511627776\ntx_bytes=1125899906842625\n"
            + $"{Peer.Replace("c5", "c7", StringComparison.Ordinal)}last_handshake_time_sec={Start - 86_401}\nrx_bytes=1048575\ntx_bytes=1048576\npersistent_keepalive_interval=3661\nerrno=0\n\n")
        .With("future", $"{Peer}last_handshake_time_sec=9223372036854775807\nlast_handshake_time_nsec=999999999\nerrno=0\n\n")
        .With("refused", "errno=1\n\n", "errno=-98\n\n")
        .With("negative", "errno=-1\n\n", "errno=22\n\n")
        .With("garbage", "what is this\n", "errno=x\n\n")
        .With("halfway", $"listen_port=5\n{Peer}", "errno=0\n")
        .With("silent", "", "");
}
