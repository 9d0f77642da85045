using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class ProsePortRuleTests
{
    [Fact]
    public void Rejects_a_sentence_with_another_port()
    {
        var finding = Three.Files(("howto.txt", $"We are using 51280 as the wireguard port.\n\nServer hub\n\n{Three.Hub}")).Rejects("port-in-text", "howto.txt", Severity.Warning);
        Assert.Equal("51820", finding.Fix);
    }

    [Fact]
    public void Accepts_the_same_port_and_those_of_others()
    {
        Three.Files(("howto.txt", $"We are using 51820 as the wireguard port, and 2222 as the SSH port.\n\nServer hub\n\n{Three.Hub}")).Accepts("port-in-text");
    }
}
