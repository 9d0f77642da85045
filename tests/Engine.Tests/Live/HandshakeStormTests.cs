using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Warren.Protocol;

namespace Warren.Engine.Tests.Live;

/// <summary>More handshakes at once than usual: of a thousand peers, and of somebody who only knows our public key.</summary>
[Trait("Category", "Root")]
public sealed partial class HandshakeStormTests : IDisposable
{
    private readonly TestNamespace _left = new();
    private readonly TestNamespace _right = new();
    private readonly TestDevice _client;
    private readonly TestDevice _device;

    public HandshakeStormTests()
    {
        _left.JoinTo(_right);
        _client = new TestDevice(_left, "wg0").Up("10.9.0.1/24", 51820);
        _device = new TestDevice(_right, "wg0").Up("10.9.0.2/24", 51820);
        _client.AddPeer(_device.PublicKey, "192.0.2.2:51820", null, "10.9.0.2/32");
        _device.AddPeer(_client.PublicKey, null, null, "10.9.0.1/32");
        _left.Run("ping -c 1 -W 5 10.9.0.2");
    }

    public void Dispose()
    {
        _client.Dispose();
        _device.Dispose();
        _left.Dispose();
        _right.Dispose();
    }

    [Fact]
    public void A_thousand_peers_that_lost_their_sessions_are_all_back_within_seconds()
    {
        using var crowd = new PeerCrowd(_left, _device, "10.77", 1000);
        for (var round = 0; round < 3; round++)
        {
            // Whoever finds the queue full, or is asked for a cookie, comes again after RekeyTimeout: at most twice.
            var took = crowd.Reconnect(TimeSpan.FromSeconds(15));
            TestContext.Current.TestOutputHelper?.WriteLine($"round {round}: {took.TotalMilliseconds:F0} ms");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void During_a_flood_of_initiations_a_peer_gets_its_session_and_packets_flow(bool validMac1)
    {
        using var crowd = new PeerCrowd(_left, _device, "10.77", 1);
        using var flood = new InitiationFlood(_left, _device, "10.66", validMac1);
        var reason = validMac1 ? DropReason.BadMac2 : DropReason.BadMac1;
        TestNamespace.WaitUntil(
            "the flood is turned away",
            () => _device.Device.ReportDrops().Device.Any(drop => drop.Reason == reason && drop.Count > 10_000),
            TimeSpan.FromSeconds(30));

        // A cookie is asked for by one message and shown by the next, RekeyTimeout later; a socket's full buffer may lose either.
        var took = crowd.Reconnect(TimeSpan.FromSeconds(60));
        var (_, output) = _left.TryRun("ping -q -i 0.02 -c 200 -W 1 10.9.0.2");
        var received = int.Parse(PingReceived().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"connected after {took.TotalSeconds:F1} s, {received} of 200 answered, {flood.Sent} sent\n{output}");
        Assert.True(received >= 20, output);
    }

    [GeneratedRegex(@"(\d+) (?:packets )?received")]
    private static partial Regex PingReceived();
}
