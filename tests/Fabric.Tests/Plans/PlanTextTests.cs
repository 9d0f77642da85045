using System;
using System.Text.Json;
using Warren.Fabric.Plans;

namespace Warren.Fabric.Tests.Plans;

/// <summary>Plans as text and as JSON: the same for the same configuration, and without secrets unless asked.</summary>
public sealed class PlanTextTests
{
    private const string Secret = "Yz1fRCHzvWfBZzxrxsVlXhc1JyYhFOFRHwfV/WYdNqs=";

    private const string Peer = $"""
        router r1
          wireguard-profile w
            private-network
              neighborhood inside
              address 10.5.0.1/24
            exit
            peer p
              public-key xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
              preshared-key {Secret}
              allowed-ip 10.5.0.2/32
            exit
          exit
          node n1
            device-interface out
              network-interface out
                address 192.0.2.1
                  wireguard-profile w
                exit
              exit
            exit
          exit
        exit

        """;

    [Fact]
    public void A_preshared_key_is_masked_unless_asked_for()
    {
        var plan = SmallPlan.Of(Peer);
        Assert.DoesNotContain(Secret, PlanText.Write(plan), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, PlanText.WriteJson(plan), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, plan.Devices[0].Peers[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("preshared-key ********", PlanText.Write(plan), StringComparison.Ordinal);
        Assert.Contains(Secret, PlanText.WriteJson(plan, secrets: true), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_has_a_route_to_each_network_and_then_none()
    {
        var text = PlanText.Write(SmallPlan.Of(Peer));
        Assert.Contains("route 10.5.0.0/24 table", text, StringComparison.Ordinal);
        Assert.Contains("route 10.5.0.2/32 table", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("route unreachable", StringComparison.Ordinal) > text.IndexOf("route 10.5.0.2/32", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Property")]
    public void The_same_configuration_gives_the_same_text_and_json_with_every_row()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (one, other) = (Compile(seed), Compile(seed));
            Assert.Equal(PlanText.Write(one), PlanText.Write(other));
            var json = PlanText.WriteJson(one);
            Assert.Equal(json, PlanText.WriteJson(other));
            using var document = JsonDocument.Parse(json);
            Assert.Equal(one.Services.Count, document.RootElement.GetProperty("services").GetArrayLength());
            Assert.Equal(one.Sources.Count, document.RootElement.GetProperty("sources").GetArrayLength());
            Assert.Equal(one.Entries.Count, document.RootElement.GetProperty("entries").GetArrayLength());
            Assert.Equal(one.Devices.Count, document.RootElement.GetProperty("devices").GetArrayLength());
        }
    }

    private static NodePlan Compile(int seed)
    {
        var authority = new RandomAuthority(seed).Authority;
        return PlanCompiler.Compile(authority, authority.Routers[0], authority.Routers[0].Nodes[0]).Plan!;
    }
}
