using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ProfileUnusedRule() : RouterRule("profile-unused", Severity.Warning, "An address or a leased interface refers to a profile; otherwise it listens nowhere.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            if (context.UsesOf(router).All(use => use.Profile.Name != profile.Name))
                context.Report(this, profile.Node, $"no address refers to profile {profile.Name}: it listens nowhere", $"write wireguard-profile {profile.Name} in an address");
        }
    }
}
