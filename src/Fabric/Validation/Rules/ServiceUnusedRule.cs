using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ServiceUnusedRule() : ValidationRule("service-unused", Severity.Warning, "Some tenant may use a service: private without an access-policy is for nobody.")
{
    internal override void Check(ValidationContext context)
    {
        var parents = context.Effective.Services.Select(service => service.Parent).OfType<string>().ToHashSet();
        foreach (var view in context.Services.Values)
        {
            var service = view.Service;
            if (service.Scope == Scope.Private && service is { IsEnabled: true, IsTemplate: false, IsGenerated: false } && !parents.Contains(service.Name)
                && view.AccessPolicies.All(policy => policy.Permission == Permission.Deny))
                context.Report(this, service.Node, $"nobody may use service {service.Name}: it is private, and no access-policy allows anyone", "write access-policy <tenant> in it, or scope public");
        }
    }
}
