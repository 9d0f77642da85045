using System;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;

namespace Warren.Fabric.Tests.Generation;

public sealed class GeneratorTests
{
    private const string Two = """
        authority
          router r1
            wireguard-profile wa
              private-network
                neighborhood inside
                address 10.0.0.1/24
              exit
            exit
            wireguard-profile wb
              private-network
                neighborhood beside
                tenant-name guests
                address 10.1.0.1/24
              exit
            exit
            node n1
              device-interface eth0
                network-interface wan
                  address 198.51.100.1
                    wireguard-profile wa
                  exit
                  address 198.51.100.2
                    wireguard-profile wb
                  exit
                exit
              exit
            exit
          exit

        """;

    [Fact]
    public void A_profile_in_use_implies_a_device_a_service_and_a_route_that_name_it()
    {
        var authority = new Authority(Generator.Generate(Text.Parse(Two)));
        var router = authority.Routers.Single();
        var device = router.Nodes.Single().Devices.Single(of => of.Name == "wa");
        Assert.Equal("router r1 wireguard-profile wa", device.Node.GeneratedBy);
        Assert.Equal("wa-intf", device.Interfaces.Single().Name);
        Assert.Equal("169.254.140.129", device.Interfaces.Single().Addresses.Single().Gateway.ToString());
        Assert.True(authority.Services.Single(of => of.Name == "wireguard_r1_wa").IsGenerated);
        Assert.True(router.ServiceRoutes.Single(of => of.Name == "wireguard_wa").IsGenerated);
    }

    [Fact]
    public void From_the_same_configuration_come_the_same_elements()
    {
        var authored = Text.Parse(Two);
        var once = Generator.Generate(authored);
        Assert.True(once.SaysTheSame(Generator.Generate(authored)));
        Assert.True(once.SaysTheSame(Generator.Generate(authored, once)));
    }

    [Fact]
    public void A_profile_keeps_its_internal_network_when_another_comes_before_it()
    {
        var alone = Generator.Generate(Text.Parse(Two.Replace("wireguard-profile wa", "wireguard-profile wz", StringComparison.Ordinal)));
        var changed = Text.Parse(Two);
        Assert.Equal("169.254.140.128", Loopback(alone, "wb"));
        Assert.Equal("169.254.140.130", Loopback(Generator.Generate(changed), "wb"));
        Assert.Equal("169.254.140.128", Loopback(Generator.Generate(changed, alone), "wb"));
        Assert.Equal("169.254.140.130", Loopback(Generator.Generate(changed, alone), "wa"));
    }

    [Fact]
    public void A_written_internal_network_is_taken_before_free_ones_are_given()
    {
        var tree = Generator.Generate(Text.Parse(Two + "router r1 wireguard-profile wb loopback-address 169.254.140.128/31\n"));
        Assert.Equal("169.254.140.128", Loopback(tree, "wb"));
        Assert.Equal("169.254.140.130", Loopback(tree, "wa"));
    }

    [Theory]
    [InlineData("service wireguard_r1_wa description ours")]
    [InlineData("router r1 service-route wireguard_wa service-name other")]
    [InlineData("router r1 node n1 device-interface wa description ours")]
    public void What_an_operator_wrote_under_the_same_name_stays_as_it_is(string line)
    {
        var authored = Text.Parse(Two + line + "\n");
        var tree = Generator.Generate(authored);
        var written = Find(authored, line);
        Assert.True(written.SaysTheSame(Find(tree, line)));
        Assert.Null(Find(tree, line).GeneratedBy);
    }

    [Fact]
    public void A_tenant_of_an_operator_gains_a_member_and_stays_the_operators()
    {
        var made = new Authority(Generator.Generate(Text.Parse(Two))).Tenants.Single();
        Assert.True(made.IsGenerated);
        var tenant = new Authority(Generator.Generate(Text.Parse(Two + "tenant guests description ours\n"))).Tenants.Single();
        Assert.False(tenant.IsGenerated);
        Assert.Equal("10.1.0.0/24", tenant.Node.Child(TenantMember.Schema, "beside")!.Child(TenantMember.AddressLeaf)!.Text);
    }

    [Fact]
    public void A_profile_that_nothing_uses_implies_no_device()
    {
        var unused = Generator.Generate(Text.Parse("router r1 wireguard-profile wu private-network neighborhood inside\nrouter r1 node n1 enabled true\n"));
        Assert.Empty(new Authority(unused).Routers.Single().Nodes.Single().Devices);
        Assert.Empty(new Authority(unused).Services);
    }

    private static string Loopback(ConfigNode tree, string profile) =>
        new Authority(tree).Routers.Single().Nodes.Single().Devices.Single(of => of.Name == profile).Interfaces.Single().Addresses.Single().Address.ToString();

    // The block in which a line of the tests writes a leaf.
    private static ConfigNode Find(ConfigNode tree, string line)
    {
        var authority = new Authority(tree);
        return line.Split(' ')[0] == "service" ? authority.Services.Single(of => of.Name == "wireguard_r1_wa").Node
            : line.Contains("service-route", StringComparison.Ordinal) ? authority.Routers.Single().ServiceRoutes.Single(of => of.Name == "wireguard_wa").Node
            : authority.Routers.Single().Nodes.Single().Devices.Single(of => of.Name == "wa").Node;
    }
}
