using System;
using System.IO;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Validation;

namespace Warren.Fabric.Tests.Validation;

public sealed class ValidationTests
{
    private const string Good = """
        authority
          tenant workers
            member inside
              neighborhood inside
              address 10.0.0.0/24
            exit
          exit
          service-class gold
            dscp 46
          exit
          service web
            address 192.0.2.0/24
            access-policy workers
            exit
          exit
          router r1
            wireguard-profile wg
              private-network
                neighborhood inside
                address 10.0.0.1/24
              exit
              peer p1
                public-key cScVKF4nTbdDcGoZgbkNMRFhSEC0dVqdufIBBnCNvCk=
                allowed-ip 10.0.0.2/32
              exit
            exit
            node n1
              device-interface eth0
                network-interface wan
                  address 198.51.100.1
                    prefix-length 24
                    gateway 198.51.100.254
                    wireguard-profile wg
                  exit
                exit
              exit
              device-interface eth1
                network-interface lan
                  address 192.0.2.1
                    prefix-length 24
                  exit
                exit
              exit
            exit
            service-route q
              service-name web
              next-hop n1 lan
              exit
            exit
          exit

        """;

    private const string Key = "4uXibv7XeeTxYhc5clp0G4cIYicvY03RQGxLwDNCCEY=";

    [Fact]
    public void Accepts_a_configuration_without_fault() => Assert.Empty(Find(Good));

    [Theory]
    [InlineData("required-leaf", "router r1 wireguard-profile wg peer p2 allowed-ip 10.0.0.3/32")]
    [InlineData("required-leaf", "service-class silver description s")]
    [InlineData("unknown-reference", "router r1 service-route x service-name wab\nrouter r1 service-route x use-learned-routes")]
    [InlineData("unknown-reference", "service web access-policy wrkers permission allow")]
    [InlineData("unknown-reference", "router r1 node n1 device-interface eth1 network-interface lan tenant nobody")]
    [InlineData("unknown-reference", "router r1 service-route q next-hop n1 lann gateway-ip 10.1.1.1")]
    [InlineData("unheeded-element", "router r1 maintenance-mode true")]
    [InlineData("tenant-tie", "tenant other member inside address 10.0.0.0/24\nservice web access-policy other permission allow")]
    [InlineData("tenant-parent", "tenant night.shift member inside address 10.0.0.9/32\nservice web access-policy night.shift permission allow")]
    [InlineData("tenant-without-members", "tenant lonely description l\nservice web access-policy lonely permission allow")]
    [InlineData("tenant-without-members", "tenant workers member elsewhere address 10.9.0.0/24")]
    [InlineData("tenant-reaches-nothing", "tenant guests member inside address 10.0.0.128/25")]
    [InlineData("service-without-address", "service void access-policy workers permission allow")]
    [InlineData("service-without-address", "service named address www.example.com\nservice named access-policy workers permission allow")]
    [InlineData("template-with-address", "service t application-type template\nservice t address 10.1.1.1")]
    [InlineData("service-unused", "service alone address 203.0.113.0/24")]
    [InlineData("redundant-policy", "service web access-policy workers@10.0.0.0/25 permission allow")]
    [InlineData("transport-overlap", "service wab address 192.0.2.0/24\nservice wab access-policy workers permission allow")]
    [InlineData("port-range", "service web2 address 203.0.113.1\nservice web2 transport tcp port-range 90 end-port 80\nservice web2 access-policy workers permission allow")]
    [InlineData("service-parent", "service a.b address 203.0.113.1\nservice a.b access-policy workers permission allow")]
    [InlineData("interface-name", "router r1 node n1 device-interface eth2 network-interface lan address 10.5.0.1 prefix-length 24")]
    [InlineData("duplicate-address", "router r1 node n1 device-interface eth2 network-interface x address 192.0.2.1 prefix-length 24")]
    [InlineData("duplicate-address", "router r1 node n1 device-interface eth1 network-interface lan address 192.0.2.1 gateway 198.51.100.1")]
    [InlineData("gateway-outside", "router r1 node n1 device-interface eth1 network-interface lan address 192.0.2.1 gateway 10.1.1.1")]
    [InlineData("dhcp-with-address", "router r1 node n1 device-interface eth1 network-interface lan dhcp v4")]
    [InlineData("dhcp-with-address", "router r1 node n1 device-interface eth1 network-interface lan wireguard-profile wg")]
    [InlineData("source-nat-without-address", "router r1 node n1 device-interface eth2 network-interface x source-nat true")]
    [InlineData("mtu-too-small", "router r1 node n1 device-interface eth0 network-interface wan mtu 1300\nrouter r1 wireguard-profile wg private-network address fd00::1/64")]
    [InlineData("service-route-target", "router r1 service-route x service-name web")]
    [InlineData("service-route-applies", "service far address 203.0.113.1\nservice far access-policy workers permission allow\nservice far applies-to router router-name r2\nrouter r2 description r\nrouter r1 service-route x service-name far\nrouter r1 service-route x use-learned-routes")]
    [InlineData("nat-target-family", "router r1 service-route q nat-target fd00::7")]
    [InlineData("nat-target-peer", "router r1 service-route x service-name web\nrouter r1 service-route x nat-target 10.0.0.77\nrouter r1 service-route x next-hop n1 wg-intf gateway-ip 169.254.140.129")]
    [InlineData("private-network", "router r1 wireguard-profile wg private-network address 10.1.0.1/24")]
    [InlineData("private-network", "router r1 wireguard-profile w2 description none")]
    [InlineData("profile-unused", "router r1 wireguard-profile w2 private-network neighborhood inside\nrouter r1 wireguard-profile w2 private-network address 10.2.0.1/24")]
    [InlineData("profile-name", "router r1 node n1 device-interface wg network-interface x address 10.5.0.1")]
    [InlineData("profile-port", "router r1 wireguard-profile w2 private-network neighborhood inside\nrouter r1 wireguard-profile w2 private-network address 10.2.0.1/24\nrouter r1 node n1 device-interface eth2 network-interface x address 198.51.100.1 wireguard-profile w2")]
    [InlineData("loopback-overlap", "router r1 wireguard-profile wg loopback-address 169.254.140.0/24\nrouter r1 wireguard-profile w2 loopback-address 169.254.140.128/31")]
    [InlineData("loopback-overlap", "router r1 wireguard-profile wg loopback-address 192.0.2.8/31")]
    [InlineData("private-network-overlap", "router r1 node n1 device-interface eth2 network-interface x address 10.0.0.200 prefix-length 25")]
    [InlineData("private-network-repeated", "router r2 wireguard-profile wg private-network address 10.0.0.1/24\nrouter r2 node n device-interface e network-interface i address 192.0.2.2 prefix-length 24")]
    [InlineData("duplicate-public-key", "router r1 wireguard-profile wg peer p2 public-key cScVKF4nTbdDcGoZgbkNMRFhSEC0dVqdufIBBnCNvCk=\nrouter r1 wireguard-profile wg peer p2 allowed-ip 10.0.0.3")]
    [InlineData("allowed-ip-shared", $"router r1 wireguard-profile wg peer p2 public-key {Key}\nrouter r1 wireguard-profile wg peer p2 allowed-ip 10.0.0.2")]
    [InlineData("allowed-ip-nested", $"router r1 wireguard-profile wg peer p2 public-key {Key}\nrouter r1 wireguard-profile wg peer p2 allowed-ip 10.0.0.2/31")]
    [InlineData("allowed-ip-swallows", $"router r1 wireguard-profile wg peer p2 public-key {Key}\nrouter r1 wireguard-profile wg peer p2 allowed-ip 10.0.0.0/28")]
    [InlineData("allowed-ip-swallows", $"router r1 wireguard-profile wg peer p1 endpoint ip 203.0.113.9\nrouter r1 wireguard-profile wg peer p1 endpoint port 51820\nrouter r1 wireguard-profile wg peer p1 allowed-ip 203.0.113.0/24")]
    [InlineData("peer-outside", $"router r1 wireguard-profile wg peer p2 public-key {Key}\nrouter r1 wireguard-profile wg peer p2 allowed-ip 10.7.0.2")]
    [InlineData("peer-outside", $"router r1 wireguard-profile wg peer p2 public-key {Key}")]
    [InlineData("keepalive-too-long", "router r1 wireguard-profile wg peer p1 persistent-keepalive 200")]
    [InlineData("expectation", "expect tenant workers not-reach service web port 80")]
    public void Rejects_what_breaks_a_rule(string rule, string lines)
    {
        var findings = Find(Good + lines + "\n");
        var found = findings.Where(finding => finding.Rule == rule).ToList();
        Assert.True(found.Count > 0, string.Join('\n', findings));
        Assert.All(found, finding => Assert.True(finding.Position.IsKnown, finding.ToString()));
        Assert.Equal(rule == "expectation" ? Severity.Error : Validator.Rules.Single(of => of.Id == rule).Severity, found[0].Severity);
    }

    [Fact]
    public void Every_rule_is_broken_by_a_test()
    {
        var broken = typeof(ValidationTests).GetMethod(nameof(Rejects_what_breaks_a_rule))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((System.Collections.Generic.IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);
        Assert.Empty(Validator.Rules.Select(rule => rule.Id).Except(broken));
        Assert.Equal(Validator.Rules.Count, Validator.Rules.Select(rule => rule.Id).Distinct().Count());
    }

    [Fact]
    public void A_fault_in_one_router_stops_that_router_alone()
    {
        var assessment = Assessment.Of(Text.Parse(Good + "router bad wireguard-profile w private-network address 10.3.0.1/24\nrouter bad node n device-interface e network-interface i address 10.4.0.1 wireguard-profile w\n"));
        Assert.False(assessment.IsValid);
        Assert.Equal(["n1.r1"], assessment.Plans.Keys);
        Assert.All(assessment.Findings.Where(finding => finding.Severity == Severity.Error), finding => Assert.Equal("bad", finding.Router));
    }

    [Fact]
    public void Findings_are_said_as_the_router_says_them()
    {
        var findings = Assessment.Of(Text.Parse(Good + "router r1 service-route foo service-name bar\n")).Findings;
        Assert.Equal(
            """
            1. Service name "bar" does not exist
               reported by router 'r1'
               at test:51:42
               fix: configure service bar

                config
                    authority
                        router r1
                            service-route foo
                                service-name

            2. A service route must have at least one next-hop, peer, nat-target, use-learned-routes, routing-stack or host configured. It cannot have both the peer and nat-target configured.
               reported by router 'r1'
               at test:51:11
               fix: write next-hop <node> <interface> in service-route foo

                config
                    authority
                        router r1
                            service-route foo

            """,
            ValidationText.Write(findings.OrderBy(finding => finding.Rule == "service-route-target"), Severity.Error));
    }

    [Theory]
    [InlineData("reference.md")]
    [InlineData("authority.schema.json")]
    [InlineData("validation.md")]
    public void Documents_are_what_the_program_prints(string file)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Warren.slnx");
        var text = file switch { "reference.md" => ReferenceWriter.Write(Authority.Schema), "validation.md" => RuleReference.Write(), _ => JsonSchemaWriter.Write(Authority.Schema) };
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "docs", file)), text);
    }

    private static System.Collections.Generic.IReadOnlyList<Finding> Find(string text) => Assessment.Of(Text.Parse(text)).Findings;
}
