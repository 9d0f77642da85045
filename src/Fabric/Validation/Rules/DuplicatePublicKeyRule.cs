using System.Collections.Generic;
using Warren.Config;
using Warren.Config.Model;
using Warren.Protocol.Keys;

namespace Warren.Fabric.Validation.Rules;

internal sealed class DuplicatePublicKeyRule() : RouterRule("duplicate-public-key", Severity.Error, "A public key is one peer's: WireGuard knows peers by nothing else.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            var owners = new Dictionary<PublicKey, Peer>();
            foreach (var peer in profile.Peers)
            {
                if (peer.PublicKey is { } key && !owners.TryAdd(key, peer))
                {
                    context.Report(this, peer.Node, $"peers {owners[key].Name} and {peer.Name} of profile {profile.Name} have the same public key", "give each its own",
                        peer.PositionOf(Peer.PublicKeyLeaf), owners[key].PositionOf(Peer.PublicKeyLeaf));
                }
            }
        }
    }
}
