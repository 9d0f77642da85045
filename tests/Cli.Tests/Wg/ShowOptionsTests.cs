using System;
using System.Text.Json;
using Warren.Engine.Uapi;

namespace Warren.Cli.Tests.Wg;

public sealed class ShowOptionsTests : IDisposable
{
    private const string Drops =
        "drop=bad-mac1\ndrop_count=3\ndrop_time_sec=1795226391\ndrop_time_nsec=5\ndrop_size=148\ndrop_endpoint=192.0.2.7:51820\n"
        + "public_key=b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33\n"
        + "drop=replay\ndrop_count=1\ndrop_time_sec=1795226332\ndrop_time_nsec=0\ndrop_size=96\nerrno=0\n\n";

    private readonly FakeDevices _devices = new FakeDevices()
        .With("wg7", GoldenDevice.Answer).With("drops", Drops).With("quiet", "errno=0\n\n").With("other", "");

    public void Dispose() => _devices.Dispose();

    [Fact]
    public void Json_says_what_show_says_without_secrets()
    {
        var outcome = Run("show", "wg7", "--json");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.DoesNotContain("6EtabScXwQA6E7QxVwNT26ypFGzxUMX4V1aA", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("GIUVCT6VL18i6GXO8wEucvi18LWYrAMJ1drM47cPz1I", outcome.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(outcome.Output);
        var device = document.RootElement[0];
        Assert.Equal("wg7", device.GetProperty("interface").GetString());
        Assert.Equal(12912, device.GetProperty("listenPort").GetInt32());
        var peer = device.GetProperty("peers")[0];
        Assert.True(peer.GetProperty("hasPresharedKey").GetBoolean());
        Assert.Equal("[abcd:23::33%2]:51820", peer.GetProperty("endpoint").GetString());
        Assert.Equal(JsonValueKind.Null, peer.GetProperty("latestHandshake").ValueKind);
        Assert.Equal(1795222666, device.GetProperty("peers")[1].GetProperty("latestHandshake").GetInt64());
    }

    [Fact]
    public void Drops_are_told_by_reason_with_the_last_evidence()
    {
        var outcome = Run("show", "drops", "--drops");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.StartsWith("interface: drops\n  ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(": 3, last 1 second ago, 148 B, endpoint 192.0.2.7:51820\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\npeer: uFmW/sycfx/G0lcqdu2hHVm80gvo5UOxXOS9hajnWjM=\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(": 1, last 1 minute ago, 96 B\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("interface: quiet\n  nothing was dropped\n", Run("show", "quiet", "--drops").Output);
        using var document = JsonDocument.Parse(Run("show", "--json", "drops", "--drops").Output);
        Assert.Equal(3, document.RootElement[0].GetProperty("drops")[0].GetProperty("count").GetInt32());
    }

    [Fact]
    public void A_device_that_cannot_tell_is_named()
    {
        var outcome = Run("show", "other", "--drops");
        Assert.Equal((1, "other does not say what it drops: only devices of `warren engine' do\n"), (outcome.Code, outcome.Error));
    }

    [Fact]
    public void As_wg_the_options_are_unknown() =>
        Assert.StartsWith("Invalid parameter: `--json'\nUsage: wg show {", Run(["wg", "show", "wg7", "--json"]).Error, StringComparison.Ordinal);

    private Outcome Run(string verb, params string[] arguments) => Run(["warren", verb, .. arguments]);

    private Outcome Run(string[] words) => Outcome.Of(
        "",
        null,
        new Machine
        {
            Devices = () => new DeviceDirectory(new UapiClient(_devices.Directory), null),
            UnixTime = () => GoldenDevice.Now,
            OutputIsTerminal = () => false,
        },
        words);
}
