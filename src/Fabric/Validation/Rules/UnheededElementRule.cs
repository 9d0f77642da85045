using System.Collections.Generic;
using Warren.Config;
using Warren.Config.Language;

namespace Warren.Fabric.Validation.Rules;

internal sealed class UnheededElementRule() : ValidationRule("unheeded-element", Severity.Warning, "Elements of the language that Warren keeps and shows have no effect.")
{
    internal override void Check(ValidationContext context)
    {
        var told = new HashSet<(string?, ElementSchema)>();
        Walk(context, context.Authored.Node, null, told);
    }

    private void Walk(ValidationContext context, ConfigNode node, string? router, HashSet<(string?, ElementSchema)> told)
    {
        foreach (var child in node.Children)
        {
            var of = child.Schema == Config.Model.Router.Schema ? child.Key : router;
            if (!child.Schema.IsHeeded)
            {
                if (!child.IsDefault && told.Add((of, child.Schema)))
                    context.Report(this, child, $"{child.Name} is kept and shown, and has no effect{(of is null ? "" : $" at router {of}")}");
            }
            else if (child.IsBlock)
            {
                Walk(context, child, of, told);
            }
        }
    }
}
