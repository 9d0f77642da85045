using System;
using System.IO;
using System.Threading;
using Warren.Engine.Uapi;

namespace Warren.Engine.Tests.Live;

/// <summary>An engine as a process has it, in this process: how it begins and how it ends.</summary>
[Trait("Category", "Root")]
public sealed class EngineHostTests : IDisposable
{
    private readonly TestNamespace _space = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("warren-host").FullName;

    private EngineOptions Options => new() { InterfaceName = "wg0", UapiDirectory = _directory };

    public void Dispose()
    {
        _space.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void It_ends_with_its_link() => EndsAfter(() => _space.Run("ip link delete wg0"));

    [Fact]
    public void It_ends_with_its_socket_file() => EndsAfter(() => File.Delete(_directory + "/wg0.sock"));

    [Fact]
    public void It_follows_its_link_and_lives_on_when_that_moves_to_another_namespace()
    {
        using var elsewhere = new TestNamespace();
        using var host = Start();
        var client = new UapiClient(_directory);
        _space.Run("ip link set wg0 mtu 1300 up");
        TestNamespace.WaitUntil("a port", () => client.Get("wg0").ListenPort != 0, TimeSpan.FromSeconds(5));
        TestNamespace.WaitUntil("the MTU", () => host.Device.Workers[0].Mtu == 1300, TimeSpan.FromSeconds(5));
        Assert.Contains("UNCONN", _space.Run("ss -Hulnp"), StringComparison.Ordinal);
        _space.Run("ip link set wg0 down");
        TestNamespace.WaitUntil("the port is closed", () => _space.Run("ss -Hulnp").Length == 0, TimeSpan.FromSeconds(5));
        _space.Run($"ip link set wg0 netns {elsewhere.Path}");
        TestNamespace.WaitUntil("up elsewhere", () => _space.Run("ss -Hulnp").Length != 0, TimeSpan.FromSeconds(5));
        elsewhere.Run("ip link set wg0 up");
        elsewhere.Run("ip link delete wg0");
        host.WaitForEnd();
    }

    [Theory]
    [InlineData("sixteen-letters.", "is longer than 15 characters")]
    [InlineData("a/b", "is not an interface name")]
    [InlineData("lo", "exists already")]
    public void A_name_that_cannot_be_used_is_refused_in_one_line(string name, string why)
    {
        var failure = Assert.Throws<EngineException>(() => _space.In(() => EngineHost.Start(Options with { InterfaceName = name }, TextWriter.Null)));
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public void A_second_engine_of_one_name_is_refused_and_the_first_goes_on()
    {
        using var host = Start();
        using var other = new TestNamespace();
        var failure = Assert.Throws<EngineException>(() => other.In(() => EngineHost.Start(Options, TextWriter.Null)));
        Assert.Contains("belongs to a running engine", failure.Message, StringComparison.Ordinal);
        Assert.True(new UapiClient(_directory).Has("wg0"));
        Assert.DoesNotContain("wg0", other.Run("ip -o link"), StringComparison.Ordinal);
    }

    private EngineHost Start() => _space.In(() => EngineHost.Start(Options, TextWriter.Null));

    private void EndsAfter(Action end)
    {
        using var host = Start();
        var ended = new Thread(host.WaitForEnd) { IsBackground = true };
        ended.Start();
        end();
        Assert.True(ended.Join(TimeSpan.FromSeconds(10)), "it did not end");
        host.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
        Assert.DoesNotContain("wg0", _space.Run("ip -o link"), StringComparison.Ordinal);
    }
}
