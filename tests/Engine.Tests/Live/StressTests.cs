using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Live;

/// <summary>Keys die while several workers use them.</summary>
[Trait("Category", "Root")]
public class StressTests
{
    [Fact]
    public void Nothing_is_sealed_or_opened_with_a_dead_key_and_no_counter_is_used_twice()
    {
        using var left = new TestNamespace();
        using var right = new TestNamespace();
        left.JoinTo(right);
        using var a = new TestDevice(left, "wg0", workers: 3).Up("10.9.0.1/24", 51820);
        var others = new List<TestDevice>();
        var blasters = new List<Blaster>();
        using (var wire = new Wire(left))
        {
            for (var i = 2; i <= 5; i++)
            {
                var other = new TestDevice(right, $"wg{i}", workers: 2).Up($"10.9.0.{i}/32", (ushort)(51820 + i));
                right.Run($"ip rule add from 10.9.0.{i} table {i}");
                right.Run($"ip route add 10.9.0.1 dev wg{i} table {i}");
                other.AddPeer(a.PublicKey, "192.0.2.1:51820", null, "10.9.0.1/32");
                AddPeer(a, other, i);
                others.Add(other);
                blasters.Add(new Blaster(left, $"10.9.0.{i}", 9, 100));
            }

            // Every way to end a session is used, over and over.
            var random = new Random(1);
            for (var rounds = 0; rounds < 75; rounds++)
            {
                var i = random.Next(others.Count);
                switch (rounds % 5)
                {
                    case 0:
                        RemovePeer(a, others[i].PublicKey);
                        AddPeer(a, others[i], i + 2);
                        break;
                    case 1:
                        others[i].Space.In(others[i].Device.Down);
                        others[i].Space.In(others[i].Device.Up);
                        break;
                    case 2:
                        RemovePeer(others[i], a.PublicKey);
                        others[i].AddPeer(a.PublicKey, "192.0.2.1:51820", null, "10.9.0.1/32");
                        break;
                    case 3:
                        a.Space.In(a.Device.Down);
                        a.Space.In(a.Device.Up);
                        break;
                    case 4:
                        Touch(a, others[i].PublicKey);
                        break;
                }

                // Sessions need a moment to be made, or there is nothing to kill.
                System.Threading.Thread.Sleep(30);
            }

            foreach (var i in Enumerable.Range(2, 4))
                TestNamespace.WaitUntil($"peer {i} works again", () => left.TryRun($"ping -c 1 -W 1 10.9.0.{i}").Code == 0, TimeSpan.FromSeconds(20));
            blasters.ForEach(static blaster => blaster.Dispose());

            var transports = wire.Transports();
            Assert.True(transports.Count > 1000, $"only {transports.Count} packets");
            Assert.DoesNotContain(transports, static seen => seen.Value > 1);
            Assert.True(transports.Select(static seen => seen.Key.Index).Distinct().Count() > 10, "few sessions");
        }

        // A packet sealed with a dead, zero or foreign key would not open at the other end.
        foreach (var device in others.Append(a))
        {
            Assert.Null(device.Failure);
            Assert.DoesNotContain(
                device.Device.ReportDrops().Device,
                static drop => drop.Reason is DropReason.AuthenticationFailed or DropReason.Replay or DropReason.Malformed or DropReason.InnerMalformed);
        }

        others.ForEach(static other => other.Dispose());
    }

    private static void AddPeer(TestDevice device, TestDevice other, int number) =>
        device.AddPeer(other.PublicKey, $"192.0.2.2:{51820 + number}", null, $"10.9.0.{number}/32");

    private static void RemovePeer(TestDevice device, PublicKey key) =>
        Assert.Equal(Errno.None, device.Configure(new DeviceChange { Peers = [new PeerChange { PublicKey = key, Remove = true }] }));

    // A preshared key set and taken away, a keepalive turned on and off, prefixes moved: all while packets pass.
    private static void Touch(TestDevice device, PublicKey key)
    {
        foreach (var seconds in new ushort[] { 1, 0 })
        {
            var change = new PeerChange
            {
                PublicKey = key,
                PresharedKey = seconds == 1 ? PresharedKey.Generate(SystemRandom.Shared) : PresharedKey.FromBytes(new byte[32]),
                PersistentKeepalive = seconds,
                AllowedIps = [new AllowedIpChange(IpAddress.V4(0x0a630000), 16, seconds == 0)],
            };
            Assert.Equal(Errno.None, device.Configure(new DeviceChange { Peers = [change] }));
        }
    }
}
