using System;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Tests.Policies;

/// <summary>The rules of the router's language (tenants, lookup, routes), each by a small configuration.</summary>
public sealed class PolicyTests
{
    private const string Network = """
        authority
          router r1
            node n1
              device-interface lan
                network-interface lan
                  neighborhood inside
                  exit
                  address 10.0.0.1
                    prefix-length 16
                  exit
                exit
              exit
              device-interface wan
                network-interface wan
                  address 192.0.2.2
                    prefix-length 24
                    gateway 192.0.2.1
                  exit
                exit
              exit
            exit
          exit

        """;

    [Theory]
    [InlineData("10.0.0.9", "b", "the longest prefix decides")]
    [InlineData("10.0.7.9", "a", "outside of it the shorter one")]
    [InlineData("10.9.0.1", Tenant.Global, "outside of all it is the global tenant")]
    public void Members_give_tenants_by_the_longest_prefix(string source, string tenant, string why)
    {
        var decision = Decide(Network + "tenant a member inside address 10.0.0.0/16\ntenant b member inside address 10.0.0.0/24\n", source, "1.1.1.1");
        Assert.True(decision.Tenant == tenant, why);
    }

    [Fact]
    public void A_member_of_another_neighborhood_says_nothing() =>
        Assert.Equal(Tenant.Global, Decide(Network + "tenant a member elsewhere address 10.0.0.0/16\n", "10.0.0.9", "1.1.1.1").Tenant);

    [Theory]
    [InlineData("x.own", "x.own")]
    [InlineData("other", "own")]
    public void An_interfaces_tenant_is_refined_by_tenants_inside_of_it_alone(string member, string tenant) =>
        Assert.Equal(tenant, Decide($"{Network}router r1 node n1 device-interface lan network-interface lan tenant own\ntenant own description o\ntenant {member} member inside address 10.0.0.0/24\n", "10.0.0.9", "1.1.1.1").Tenant);

    [Fact]
    public void Prefixes_of_an_interface_are_members_without_a_neighborhood() =>
        Assert.Equal("a", Decide(Network + "tenant a description d\nrouter r1 node n1 device-interface lan network-interface lan tenant-prefixes a source-address 10.0.0.0/24\n", "10.0.0.9", "1.1.1.1").Tenant);

    [Theory]
    [InlineData(IpProtocol.Udp, 53, "dns", "transport comes before prefix")]
    [InlineData(IpProtocol.Tcp, 53, "host", "another protocol is the host's")]
    [InlineData(IpProtocol.Udp, 54, "udp", "the protocol alone comes before no protocol")]
    public void Services_are_looked_up_by_transport_then_by_prefix(IpProtocol protocol, int port, string service, string why)
    {
        const string services = """
            tenant a member inside address 10.0.0.0/16
            service dns address 0.0.0.0/0
            service dns transport udp port-range 53 end-port 53
            service dns access-policy a permission allow
            service udp address 1.0.0.0/8
            service udp transport udp
            exit
            service udp access-policy a permission allow
            service host address 1.0.0.1/32
            service host access-policy a permission allow

            """;
        var decision = Decide(Network + services, "10.0.0.9", "1.0.0.1", protocol, (ushort)port);
        Assert.True(decision.Service == service, $"{why}: {decision.Service}");
        Assert.Equal(Verdict.Allowed, decision.Verdict);
    }

    [Fact]
    public void Nobody_is_allowed_what_nobody_wrote() =>
        Assert.Equal(Verdict.NoService, Decide(Network + "tenant a member inside address 10.0.0.0/16\nservice s address 1.0.0.0/8\n", "10.0.0.9", "1.0.0.1").Verdict);

    [Fact]
    public void A_service_that_is_not_the_tenants_does_not_shadow_a_wider_one()
    {
        var decision = Decide(Network + "tenant a member inside address 10.0.0.0/16\ntenant b description b\nservice narrow address 1.0.0.1/32\nservice narrow access-policy b permission allow\n"
            + "service wide address 1.0.0.0/8\nservice wide access-policy a permission allow\n", "10.0.0.9", "1.0.0.1");
        Assert.Equal((Verdict.Allowed, "wide"), (decision.Verdict, decision.Service));
    }

    [Fact]
    public void A_denial_shadows_a_wider_service()
    {
        var decision = Decide(Network + "tenant a member inside address 10.0.0.0/16\nservice narrow address 1.0.0.1/32\nservice narrow access-policy a permission deny\n"
            + "service wide address 1.0.0.0/8\nservice wide access-policy a permission allow\n", "10.0.0.9", "1.0.0.1");
        Assert.Equal((Verdict.Denied, "narrow"), (decision.Verdict, decision.Service));
    }

    [Theory]
    [InlineData("access-policy a permission allow", Verdict.Allowed)]
    [InlineData("access-policy a permission allow\nservice s access-policy x.a permission deny", Verdict.Denied)]
    [InlineData("access-policy a permission deny\nservice s access-policy x.a permission allow", Verdict.Allowed)]
    [InlineData("access-policy x.a@10.0.0.0/24 permission allow", Verdict.Allowed)]
    [InlineData("access-policy x.a@10.0.1.0/24 permission allow", Verdict.NoService)]
    [InlineData("access-policy 10.0.0.0/8 permission allow", Verdict.Allowed)]
    [InlineData("access-policy y.x.a permission allow", Verdict.NoService)]
    [InlineData("scope public", Verdict.Allowed)]
    [InlineData("enabled false\nservice s scope public", Verdict.NoService)]
    public void The_most_specific_access_policy_decides(string line, Verdict verdict) =>
        Assert.Equal(verdict, Decide($"{Network}tenant x.a member inside address 10.0.0.0/16\nservice s address 1.0.0.0/8\nservice s {line}\n", "10.0.0.9", "1.0.0.1").Verdict);

    [Fact]
    public void A_child_inherits_transports_policies_and_routes_and_adds_its_own()
    {
        const string services = """
            tenant a member inside address 10.0.0.0/16
            service web transport tcp port-range 443 end-port 443
            service web access-policy a permission allow
            service shop.web address 1.0.0.1/32
            router r1 service-route q service-name web
            router r1 service-route q nat-target 192.0.2.77

            """;
        var decision = Decide(Network + services, "10.0.0.9", "1.0.0.1", IpProtocol.Tcp, 443);
        Assert.Equal((Verdict.Allowed, "shop.web", "q", "192.0.2.77"), (decision.Verdict, decision.Service, decision.Route, decision.NatTarget?.ToString()));
        Assert.Equal(Verdict.NoService, Decide(Network + services, "10.0.0.9", "1.0.0.1", IpProtocol.Tcp, 80).Verdict);
        Assert.Equal(Verdict.Denied, Decide(Network + services + "service shop.web access-policy a permission deny\n", "10.0.0.9", "1.0.0.1", IpProtocol.Tcp, 443).Verdict);
    }

    [Fact]
    public void A_service_without_a_way_refuses_and_does_not_fall_through()
    {
        var decision = Decide(Network + "tenant a member inside address 10.0.0.0/16\nservice narrow address 1.0.0.1/32\nservice narrow access-policy a permission allow\n"
            + "router r1 service-route q service-name narrow\nrouter r1 service-route q next-hop n1 gone gateway-ip 10.1.1.1\nservice wide address 1.0.0.0/8\nservice wide access-policy a permission allow\n", "10.0.0.9", "1.0.0.1");
        Assert.Equal((Verdict.NoRoute, "narrow"), (decision.Verdict, decision.Service));
    }

    [Fact]
    public void What_is_allowed_in_one_family_says_nothing_of_the_other()
    {
        const string services = "tenant a member inside address 10.0.0.0/16\ntenant a member inside address fd00::/16\nservice s address 0.0.0.0/0\nservice s access-policy a permission allow\n";
        Assert.Equal(Verdict.Allowed, Decide(Network + services, "10.0.0.9", "1.0.0.1").Verdict);
        Assert.Equal(Verdict.NoService, Decide(Network + services, "fd00::9", "2001:db8::1").Verdict);
    }

    /// <summary>The line that decided is the one that matters: without it the answer, or the way to it, is another.</summary>
    [Fact]
    [Trait("Category", "Property")]
    public void Without_the_line_that_decided_the_decision_is_another()
    {
        var tried = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new RandomAuthority(seed);
            var node = random.Authority.Routers[0].Nodes[0];
            for (var i = 0; i < 12; i++)
            {
                var packet = random.Packet(node);
                var decision = Decide(random.Authority, packet);
                var step = decision.Steps.LastOrDefault(of => of.Kind is "access" or "tenant" or "peer" && of.Position.IsKnown && of.Node is { GeneratedBy: null });
                if (step.Node is null || decision.Verdict is Verdict.NoInterface or Verdict.SourceNotAllowed || step.Node.Schema == NetworkInterface.Schema || step.Node.Schema == Service.Schema
                    || step.Node.Schema == WireguardProfile.Schema)
                    continue;
                var written = Without(random.Root, step.Node);
                if (ReferenceEquals(written, random.Root))
                    continue;
                var without = new Authority(Generator.Generate(written));
                if (without.Routers is not [{ Nodes: [_, ..] }])
                    continue;
                tried++;
                var other = Decide(without, packet);
                Assert.False(other.Steps.Select(of => (of.Kind, of.Text, of.Position)).SequenceEqual(decision.Steps.Select(of => (of.Kind, of.Text, of.Position))), $"seed {seed}: {packet}: {step}\n{random.Text}");
            }
        }

        Assert.True(tried > 300, $"{tried} decisions");
    }

    private static Config.Language.ConfigNode Without(Config.Language.ConfigNode root, Config.Language.ConfigNode gone)
    {
        var builder = new Config.Language.NodeBuilder(root);
        foreach (var child in root.Children)
        {
            if (child.Schema == gone.Schema && child.Position == gone.Position)
                builder.Remove(child.Schema, child.Key);
            else if (child.IsBlock && Without(child, gone) is var changed && !ReferenceEquals(changed, child))
                builder.Put(changed);
        }

        return builder.ToNode();
    }

    private static Decision Decide(Authority authority, Packet packet) => new Policy(authority, authority.Routers[0], authority.Routers[0].Nodes[0]).Decide(packet);

    private static Decision Decide(string text, string source, string destination, IpProtocol protocol = IpProtocol.Tcp, ushort port = 80) =>
        Decide(Text.Effective(text), new Packet("lan", Address(source), Address(destination), protocol, port));

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);
}
