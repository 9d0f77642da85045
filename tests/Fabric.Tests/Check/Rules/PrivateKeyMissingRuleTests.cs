using System;

namespace Warren.Fabric.Tests.Check.Rules;

public class PrivateKeyMissingRuleTests
{
    [Fact]
    public void Rejects_an_interface_without_one()
    {
        Three.Check(one: text => text.Replace("PrivateKey", "# PrivateKey", StringComparison.Ordinal)).Rejects("private-key-missing", "one.conf");
    }

    [Fact]
    public void Accepts_one_that_a_hook_sets()
    {
        Three.Check(one: text => text.Replace($"PrivateKey = {Three.OneKeys.Private}", "PostUp = wg set %i private-key /etc/wireguard/%i.key", StringComparison.Ordinal)).Accepts("private-key-missing");
    }
}
