using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class KeyInWrongFieldRuleTests
{
    [Fact]
    public void Rejects_a_private_key_in_the_place_of_a_public_one()
    {
        var finding = Three.Check(hub: text => text.Replace(Three.OneKeys.Public, Three.OneKeys.Private, StringComparison.Ordinal)).Rejects("key-in-wrong-field", "hub.conf");
        Assert.Contains(Three.OneKeys.Public, finding.Fix, StringComparison.Ordinal);
        Assert.DoesNotContain(Three.OneKeys.Private, finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_a_public_key_in_the_place_of_a_private_one()
    {
        var finding = Three.Check(one: text => text.Replace(Three.OneKeys.Private, Three.OneKeys.Public, StringComparison.Ordinal)).Rejects("key-in-wrong-field", "one.conf");
        Assert.Equal("hub.conf", finding.Other.Source!.Name);
    }

    [Fact]
    public void Accepts_keys_in_their_places()
    {
        Three.Check().Accepts("key-in-wrong-field");
    }
}
