using Warren.Config;
using Warren.Config.Language;

namespace Warren.Fabric.Validation.Rules;

internal sealed class RequiredLeafRule() : ValidationRule("required-leaf", Severity.Error, "A block has every leaf without which it means nothing.")
{
    internal override void Check(ValidationContext context) => Walk(context, context.Effective.Node);

    private void Walk(ValidationContext context, ConfigNode node)
    {
        var schema = (BlockSchema)node.Schema;
        if (!schema.IsHeeded)
            return;
        if (schema == Config.Model.Router.Schema)
            context.Router = new Config.Model.Router(node);
        for (var i = 0; i < schema.Required.Count; i++)
        {
            var leaf = schema.Required[i];
            if (node.Child(leaf) is null && !(schema == Config.Model.SessionType.Schema && node.GeneratedBy is not null))
                context.Report(this, node, $"{node} has no {leaf.Name}: {leaf.Type.Description}", $"write {leaf.Name} in it");
        }

        foreach (var child in node.Children)
        {
            if (child.IsBlock)
                Walk(context, child);
        }

        if (schema == Config.Model.Router.Schema)
            context.Router = null;
    }
}
