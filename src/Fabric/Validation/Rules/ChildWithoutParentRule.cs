using System.Linq;
using Warren.Config;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ChildWithoutParentRule() : ValidationRule("service-parent", Severity.Error, "A service whose name has a dot inherits from the service behind the dot, which is on the same routers.")
{
    internal override void Check(ValidationContext context)
    {
        foreach (var view in context.Services.Values)
        {
            if (view.Service.Parent is not { } parent)
                continue;
            if (view.Parent is null)
            {
                context.Report(this, view.Service.Node, $"service {view.Name} inherits from {parent}, which does not exist", $"configure service {parent}, or write the name without a dot");
                continue;
            }

            if (context.Effective.Routers.FirstOrDefault(router => view.AppliesAt(router) && !view.Parent.AppliesAt(router)) is { } router)
            {
                context.Router = router;
                context.Report(this, view.Service.Node, $"service {view.Name} is on router {router.Name}, and {parent}, from which it inherits, is not", $"let {parent} apply to {router.Name}");
                context.Router = null;
            }
        }
    }
}
