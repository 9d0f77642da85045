using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Plans;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Tests.Plans;

/// <summary>Boxes say of each address and port what the most specific rule says, and no two say something of the same.</summary>
[Trait("Category", "Property")]
public sealed class FlatteningTests
{
    private const int Addresses = 32;
    private const int Ports = 24;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Boxes_are_apart_and_say_what_the_most_specific_rule_says(bool isIPv6)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var rules = Rules(new Random(seed), isIPv6);
            var boxes = Flattening.Flatten([.. rules]);
            for (uint host = 0; host < Addresses; host++)
            {
                var address = Address(host, isIPv6);
                for (ushort port = 0; port < Ports; port++)
                {
                    var said = boxes.Where(box => box.Addresses.Contains(address) && port >= box.FromPort && port <= box.ToPort).Select(box => box.Outcome).ToList();
                    var due = rules.Where(rule => rule.Prefix.Contains(address) && port >= rule.Ports.From && port <= rule.Ports.To)
                        .OrderByDescending(rule => rule.Prefix.Length).ThenBy(rule => rule.Rank).Select(rule => rule.Outcome).Take(1).ToList();
                    Assert.True(due.SequenceEqual(said), $"seed {seed}: {address} port {port}: {string.Join(", ", said)} instead of {string.Join(", ", due)}");
                }
            }
        }
    }

    [Fact]
    public void What_is_said_alike_side_by_side_is_one_box()
    {
        var boxes = Flattening.Flatten<int>(
        [
            new(new IpPrefix(Address(0, false), 28), PortRange.All, 0, 7),
            new(new IpPrefix(Address(16, false), 28), PortRange.All, 1, 7),
            new(new IpPrefix(Address(4, false), 30), PortRange.All, 2, 7),
        ]);
        var box = Assert.Single(boxes);
        Assert.Equal("10.0.0.0/27", box.Addresses.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_last_address_of_a_family_is_in_a_box(bool isIPv6)
    {
        var all = AddressRange.All(isIPv6);
        var boxes = Flattening.Flatten<int>([new(new IpPrefix(all.From, 0), PortRange.All, 0, 1), new(new IpPrefix(all.To, all.To.BitLength), PortRange.All, 1, 2)]);
        Assert.Equal([1, 2], boxes.Select(box => box.Outcome));
        Assert.Equal(all.To, boxes[1].Addresses.To);
    }

    // Ranks are distinct, as those of services in the order of names are.
    private static List<Flattening.Rule<int>> Rules(Random random, bool isIPv6)
    {
        var rules = new List<Flattening.Rule<int>>();
        for (var rank = random.Next(1, 9); rank > 0; rank--)
        {
            var prefix = new IpPrefix(Address((uint)random.Next(Addresses), isIPv6), (isIPv6 ? 128 : 32) - random.Next(6));
            var from = random.Next(Ports);
            var ports = random.Next(4) == 0 ? PortRange.All : new PortRange((ushort)from, (ushort)Math.Min(Ports, from + random.Next(8)), default);
            rules.Add(new(prefix, ports, rank, random.Next(5)));
        }

        return rules;
    }

    private static IpAddress Address(uint host, bool isIPv6) => isIPv6 ? IpAddress.V6(((UInt128)0xfd00 << 112) + host) : IpAddress.V4(0x0A000000 + host);
}
