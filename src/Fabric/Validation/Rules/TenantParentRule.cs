using Warren.Config;

namespace Warren.Fabric.Validation.Rules;

internal sealed class TenantParentRule() : ValidationRule("tenant-parent", Severity.Info, "A tenant with a dot in its name is inside another, which need not be configured.")
{
    internal override void Check(ValidationContext context)
    {
        foreach (var tenant in context.Effective.Tenants)
        {
            if (tenant.Parent is { } parent && !context.TenantNames.Contains(parent))
                context.Report(this, tenant.Node, $"tenant {tenant.Name} is inside {parent}, which is not configured by itself");
        }
    }
}
