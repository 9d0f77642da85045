using System;
using System.Globalization;
using System.Text;
using Warren.Fabric.Verification;

namespace Warren.Fabric.Tests.Verification;

public sealed class VerifierTests
{
    private const string Base = """
        authority
          tenant workers
            member inside
              neighborhood inside
              address 10.0.0.0/24
            exit
          exit
          tenant guests
            member inside
              neighborhood inside
              address 10.0.1.0/24
            exit
          exit
          service web
            address 192.0.2.0/24
            transport tcp
              port-range 80
              exit
              port-range 443
              exit
            exit
            access-policy workers
            exit
          exit
          router r1
            node n1
              device-interface lan
                network-interface lan
                  neighborhood inside
                  exit
                  address 10.0.0.1
                    prefix-length 23
                  exit
                exit
              exit
              device-interface out
                network-interface out
                  address 192.0.2.1
                    prefix-length 24
                  exit
                exit
              exit
            exit
          exit

        """;

    [Theory]
    [InlineData("expect tenant workers reach service web")]
    [InlineData("expect tenant guests not-reach service web")]
    [InlineData("expect isolated workers guests")]
    [InlineData("expect tenant workers reach service web port 443")]
    [InlineData("expect tenant workers reach service web router r1")]
    public void Accepts_what_holds(string expectation) => Assert.Empty(Verify(Base + expectation));

    [Theory]
    [InlineData("expect tenant workers not-reach service web", "At n1.r1, 10.0.0.0 → 192.0.2.0 tcp/80 by lan passes, as web")]
    [InlineData("expect tenant guests reach service web", "At n1.r1, 10.0.1.0 → 192.0.2.0 tcp/80 by lan is of no service that it may use")]
    [InlineData("expect tenant nobody reach service web", "there is no tenant nobody")]
    [InlineData("expect tenant workers reach service wab", "there is no service wab")]
    public void Rejects_what_does_not_hold_with_a_packet(string expectation, string why)
    {
        var finding = Assert.Single(Verify(Base + expectation));
        Assert.Contains(why, finding.Message, StringComparison.Ordinal);
        Assert.True(finding.Position.IsKnown);
    }

    [Fact]
    public void Rejects_two_tenants_that_a_service_joins()
    {
        const string joined = """
              service guests
                address 10.0.1.7/32
                access-policy workers
                exit
              exit
              expect isolated workers guests
            """;
        var finding = Assert.Single(Verify(Base + joined));
        Assert.Contains("workers is apart from guests: not so. At n1.r1, 10.0.0.0 → 10.0.1.7 tcp/1 by lan passes, as guests", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_hole_of_an_address_and_a_port_among_five_thousand_services_is_found()
    {
        var text = new StringBuilder(Base);
        for (var i = 0; i < 5000; i++)
            text.Append(CultureInfo.InvariantCulture, $"service s{i}\naddress 172.{16 + (i >> 12)}.{(i >> 4) & 255}.{(i & 15) << 4}/28\naccess-policy workers\nexit\nexit\n");
        text.Append("service all\naddress 172.16.0.0/12\naccess-policy workers\nexit\nexit\n");
        text.Append("expect tenant guests not-reach service all\nexit\n");
        Assert.Empty(Verify(text.ToString()));
        text.Append("service s4711\ntransport tcp\nport-range 31337\nexit\nexit\naccess-policy guests\nexit\nexit\n");
        text.Append("router r1 node n1 device-interface out network-interface out address 172.16.0.1 prefix-length 12\n");
        var finding = Assert.Single(Verify(text.ToString()));
        Assert.Contains("→ 172.17.38.112 tcp/31337 by lan passes, as s4711", finding.Message, StringComparison.Ordinal);
    }

    private static System.Collections.Generic.IReadOnlyList<Config.Language.Finding> Verify(string text) => Verifier.Verify(Text.Effective(text));
}
