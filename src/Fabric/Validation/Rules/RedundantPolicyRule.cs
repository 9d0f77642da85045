using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class RedundantPolicyRule() : ValidationRule("redundant-policy", Severity.Info, "An access-policy line says something that the lines around it do not say already.")
{
    internal override void Check(ValidationContext context)
    {
        foreach (var view in context.Services.Values)
        {
            foreach (var policy in view.Service.AccessPolicies)
            {
                var around = view.AccessPolicies.Where(other => other != policy && IsAround(other.Source, policy.Source))
                    .OrderByDescending(other => other.Source.Tenant?.Length ?? -1).ThenByDescending(other => other.Source.Prefix?.Length ?? -1).FirstOrDefault();
                if (around?.Permission == policy.Permission)
                {
                    context.Report(this, policy.Node, $"service {view.Name}: {policy.Source} is {Word(policy)} by {around.Source} already", "delete the line", other: around.Position);
                }
                else if (around is null && view.Service.Scope == Scope.Public && policy.Permission == Permission.Allow)
                {
                    context.Report(this, policy.Node, $"service {view.Name} is public: {policy.Source} is allowed already", "delete the line, or write scope private");
                }
            }
        }
    }

    // Whether everything that the one is about, the other is about too, and less specifically.
    private static bool IsAround(SourceSpec other, SourceSpec source)
    {
        if (other.Tenant is not null && (source.Tenant is null || !Tenant.IsInside(source.Tenant, other.Tenant)))
            return false;
        return other.Prefix is not { } around || (source.Prefix is { } inside && around.Length <= inside.Length && around.Contains(inside.Address));
    }

    private static string Word(AccessPolicy policy) => policy.Permission == Permission.Allow ? "allowed" : "denied";
}
