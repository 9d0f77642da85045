using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation;

/// <summary>A rule about one router's part: what breaks it stops that router alone (PLUGIN-1771).</summary>
/// <param name="id">Its name.</param>
/// <param name="severity">What a breach is.</param>
/// <param name="summary">What it asks for and why.</param>
public abstract class RouterRule(string id, Severity severity, string summary) : ValidationRule(id, severity, summary)
{
    internal sealed override void Check(ValidationContext context)
    {
        foreach (var router in context.Effective.Routers)
        {
            context.Router = router;
            Check(context, router);
        }

        context.Router = null;
    }

    /// <summary>Looks at one router's part.</summary>
    internal abstract void Check(ValidationContext context, Router router);
}
