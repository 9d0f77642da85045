using System;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Fabric.Verification;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Tests.Verification;

/// <summary>What is said of whole regions is what is said of each packet in them, and the pieces are the region.</summary>
[Trait("Category", "Property")]
public sealed class OutcomesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Regions_say_what_each_packet_in_them_is_told(int group)
    {
        for (var seed = group * 500; seed < (group * 500) + 40; seed++)
        {
            var random = new RandomAuthority(seed);
            var router = random.Authority.Routers[0];
            var node = router.Nodes[0];
            var plan = PlanCompiler.Compile(random.Authority, router, node).Plan!;
            var outcomes = new Outcomes(plan);
            for (var i = 0; i < 60; i++)
            {
                var packet = random.Packet(node);
                var decision = PlanLookup.Decide(plan, packet);
                if (decision.Verdict is Verdict.NoInterface or Verdict.SourceNotAllowed || packet.Source.IsIPv6 != packet.Destination.IsIPv6
                    || plan.OwnAddresses.Any(own => own.Address == packet.Destination))
                    continue;
                var ingress = plan.Interfaces.First(of => of.Name == packet.Interface);
                var source = outcomes.SourcesOf(_ => true).First(row => row.Interface == ingress.Id && row.Addresses.Contains(packet.Source));
                var region = new Region(AddressRange.All(packet.Destination.IsIPv6), packet.Protocol, 0, ushort.MaxValue);
                var pieces = outcomes.Of(source.Class, region).ToList();
                var mine = pieces.Where(piece => piece.Region.Intersect(new AddressRange(packet.Destination, packet.Destination), packet.Port, packet.Port) is not null).ToList();
                var only = Assert.Single(mine);
                Assert.Equal((decision.Verdict, decision.Service), (only.Verdict, only.Service));
            }
        }
    }

    [Fact]
    public void A_region_without_a_piece_is_what_is_beside_it()
    {
        var all = new Region(AddressRange.Of(Prefix("10.0.0.0/24")), IpProtocol.Tcp, 0, 100);
        var left = Region.Without([all], new Region(AddressRange.Of(Prefix("10.0.0.16/28")), IpProtocol.Tcp, 10, 20));
        Assert.Equal(4, left.Count);
        for (var host = 0; host < 256; host++)
        {
            for (ushort port = 0; port <= 100; port++)
            {
                var address = new AddressRange(IpAddress.V4(0x0A000000u + (uint)host), IpAddress.V4(0x0A000000u + (uint)host));
                var isIn = host is < 16 or > 31 || port is < 10 or > 20;
                Assert.Equal(isIn ? 1 : 0, left.Count(region => region.Intersect(address, port, port) is not null));
            }
        }
    }

    private static IpPrefix Prefix(string text) => IpPrefix.TryParse(text, out var prefix) ? prefix : throw new ArgumentException(text);
}
