using System.Collections.Generic;
using Warren.Config;
using Warren.Config.Model;
using Warren.Fabric.Generation;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ProfilePortRule() : RouterRule("profile-port", Severity.Error, "Two profiles do not listen on one address and port.")
{
    internal override void Check(ValidationContext context, Router router)
    {
        var taken = new Dictionary<(string, string, ushort), ProfileUse>();
        foreach (var use in context.UsesOf(router))
        {
            var key = (use.Node.Name, use.Address?.Address.ToString() ?? use.Interface.Name, use.Profile.Port);
            if (!taken.TryAdd(key, use) && taken[key].Profile.Name != use.Profile.Name)
            {
                context.Report(this, use.Profile.Node, $"profiles {taken[key].Profile.Name} and {use.Profile.Name} both listen on {key.Item2} port {key.Port}", "write another port in one of them",
                    use.Profile.PositionOf(WireguardProfile.PortLeaf), taken[key].Profile.Position);
            }
        }
    }
}
