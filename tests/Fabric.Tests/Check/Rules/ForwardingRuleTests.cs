using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class ForwardingRuleTests
{
    private const string Sysctl = "PostUp = sysctl -w net.ipv4.ip_forward=1\n";

    [Fact]
    public void Remarks_on_a_hub_that_does_not_say_it()
    {
        var finding = Three.Check(hub: text => text.Replace("PostUp", "# PostUp", StringComparison.Ordinal)).Rejects("forwarding-unsaid", "hub.conf", Severity.Info);
        Assert.Contains("over hub", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_on_a_site_that_does_not_say_it()
    {
        Three.Check(one: text => text.Replace("PostUp", "# PostUp", StringComparison.Ordinal)).Rejects("forwarding-unsaid", "one.conf", Severity.Info);
    }

    [Fact]
    public void Rejects_an_article_that_does_not_say_it()
    {
        Three.Files(("howto.txt", $"Server hub\n\n{Three.Hub.Replace(Sysctl, "", StringComparison.Ordinal)}\nClient one\n\n{Three.One.Replace(Sysctl, "", StringComparison.Ordinal)}\nClient two\n\n{Three.Two}\nThat is all of it.\n"))
            .Rejects("forwarding-unsaid", "howto.txt", Severity.Warning);
    }

    [Fact]
    public void Accepts_a_file_of_sysctl()
    {
        Three.Files(("hub.conf", Three.Hub.Replace("PostUp", "# PostUp", StringComparison.Ordinal)), ("one.conf", Three.One), ("two.conf", Three.Two), ("99-forward.conf", "net.ipv4.ip_forward = 1\n")).Accepts("forwarding-unsaid");
    }

    [Fact]
    public void Accepts_hosts_that_forward()
    {
        Three.Check().Accepts("forwarding-unsaid");
    }
}
