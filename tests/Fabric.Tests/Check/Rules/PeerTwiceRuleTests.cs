using System;
using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class PeerTwiceRuleTests
{
    [Fact]
    public void Rejects_one_key_at_two_peers()
    {
        Three.Check(hub: text => text.Replace(Three.TwoKeys.Public, Three.OneKeys.Public, StringComparison.Ordinal)).Rejects("peer-twice", "hub.conf", Severity.Warning);
    }

    [Fact]
    public void Rejects_a_host_that_is_its_own_peer()
    {
        Three.Check(one: text => text.Replace(Three.HubKeys.Public, Three.OneKeys.Public, StringComparison.Ordinal)).Rejects("peer-twice", "one.conf");
    }

    [Fact]
    public void Accepts_peers_with_keys_of_their_own()
    {
        Three.Check().Accepts("peer-twice");
    }
}
