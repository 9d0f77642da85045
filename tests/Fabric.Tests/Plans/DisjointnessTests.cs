using System;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Tests.Plans;

/// <summary>A proof that finds no fault in a wrong plan proves nothing: overlaps and holes are put into a right one.</summary>
public sealed class DisjointnessTests
{
    private static readonly NodePlan Right = SmallPlan.Of("""
        service web
          address 192.0.2.0/24
          transport tcp
            port-range 80
              end-port 90
            exit
          exit
          access-policy workers
          exit
        exit

        """);

    [Fact]
    public void Accepts_a_plan_as_it_is_compiled() => Disjointness.Check(Right);

    [Theory]
    [InlineData("192.0.2.0/24", 80, 90)]
    [InlineData("192.0.2.7/32", 90, 100)]
    [InlineData("192.0.0.0/16", 1, 80)]
    public void Rejects_two_services_that_share_an_address_and_a_port(string prefix, int from, int to) => Rejects(Second(prefix, from, to), "overlaps");

    [Theory]
    [InlineData("192.0.3.0/24", 80, 90)]
    [InlineData("192.0.2.0/24", 91, 100)]
    [InlineData("192.0.0.0/16", 1, 79)]
    public void Accepts_two_services_that_share_an_address_or_a_port(string prefix, int from, int to) => Disjointness.Check(Second(prefix, from, to));

    [Fact]
    public void Accepts_the_same_address_and_port_at_another_stage_and_for_another_class()
    {
        var row = Right.Services[0];
        Disjointness.Check(Right with { Services = [row, row with { Stage = LookupStage.Any, Protocol = IpProtocol.Any }, row with { Class = row.Class + 1 }] });
    }

    [Fact]
    public void Rejects_sources_with_a_hole()
    {
        var lan = Right.Interfaces.Single(of => of.Name == "lan").Id;
        var rows = Right.Sources.Where(row => row.Interface == lan && !row.Addresses.IsIPv6).ToList();
        Assert.Equal(3, rows.Count);
        foreach (var row in rows)
            Rejects(Right with { Sources = [.. Right.Sources.Where(other => other != row)] }, $"sources of interface {lan}");
    }

    [Fact]
    public void Rejects_sources_that_overlap() => Rejects(Right with { Sources = [Right.Sources[0], .. Right.Sources] }, "does not begin");

    [Fact]
    public void Rejects_two_offers_of_the_machine_at_one_port()
    {
        var row = new HereRow(IpAddress.V4(0x0A000001), null, IpProtocol.Udp, 53, 60, 1, "host-service custom", true);
        Rejects(Right with { Here = [row, row with { FromPort = 60, ToPort = 61 }] }, "overlaps");
        Disjointness.Check(Right with { Here = [row, row with { FromPort = 61, ToPort = 61 }] });
    }

    private static NodePlan Second(string prefix, int from, int to)
    {
        var row = Right.Services[0];
        Assert.True(IpPrefix.TryParse(prefix, out var addresses));
        return Right with { Services = [row, row with { Addresses = AddressRange.Of(addresses), FromPort = (ushort)from, ToPort = (ushort)to }] };
    }

    private static void Rejects(NodePlan wrong, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => Disjointness.Check(wrong)).Message, StringComparison.Ordinal);
}
