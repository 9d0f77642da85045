using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class EndpointAddressRuleTests
{
    [Fact]
    public void Rejects_an_address_that_prose_does_not_give_the_host()
    {
        const string Text = "Let's call the servers s1 and s2 with public IPs 198.51.100.1 and 198.51.100.2 respectively.\n\nServer S1\n\n";
        var text = Text + Three.Hub + "\nServer S2\n\n" + Three.One;
        var finding = Three.Files(("howto.txt", text)).Rejects("endpoint-address", "howto.txt");
        Assert.Equal("Endpoint = 198.51.100.1:51820", finding.Fix);
        Three.Files(("howto.txt", text.Replace("192.0.2.1", "198.51.100.1", StringComparison.Ordinal))).Accepts("endpoint-address");
    }

    [Fact]
    public void Rejects_the_address_inside_of_the_tunnel()
    {
        Three.Check(one: text => text.Replace("192.0.2.1", "10.9.0.1", StringComparison.Ordinal)).Rejects("endpoint-address", "one.conf");
    }

    [Fact]
    public void Accepts_a_host_that_is_dialled_at_two_addresses()
    {
        Three.Check(one: text => text.Replace("192.0.2.1", "198.51.100.9", StringComparison.Ordinal)).Accepts("endpoint-address");
    }
}
