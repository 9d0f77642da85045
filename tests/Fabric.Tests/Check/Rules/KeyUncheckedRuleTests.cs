using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class KeyUncheckedRuleTests
{
    [Fact]
    public void Says_that_a_holder_is_not_among_the_files()
    {
        var finding = Three.Files(("one.conf", Three.One)).Rejects("key-unchecked", "one.conf", Severity.Info);
        Assert.Contains(Three.HubKeys.Public, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_keys_that_were_found()
    {
        Three.Check().Accepts("key-unchecked");
    }
}
