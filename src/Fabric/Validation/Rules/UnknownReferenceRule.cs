using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class UnknownReferenceRule() : ValidationRule("unknown-reference", Severity.Error, "What is referred to exists, written or generated.")
{
    internal override void Check(ValidationContext context)
    {
        var authority = context.Effective;
        var names = new Dictionary<string, HashSet<string>>
        {
            ["tenant"] = WithParents(context.TenantNames),
            ["service"] = [.. authority.Services.Select(of => of.Name)],
            ["service-policy"] = [.. authority.ServicePolicies.Select(of => of.Name)],
            ["service-class"] = [.. authority.ServiceClasses.Select(of => of.Name)],
            ["router"] = [.. authority.Routers.Select(of => of.Name)],
        };
        foreach (var child in authority.Node.Children)
        {
            if (child.Schema != Router.Schema)
            {
                Walk(context, child, names);
                continue;
            }

            var router = context.Router = new Router(child);
            names["router/wireguard-profile"] = [.. router.Profiles.Select(of => of.Name)];
            names["router/node"] = [.. router.Nodes.Select(of => of.Name)];
            names["router/node/device-interface/network-interface"] = [.. router.Nodes.SelectMany(of => of.Devices).SelectMany(of => of.Interfaces).Select(of => of.Name)];
            Walk(context, child, names);
            CheckHops(context, router);
            context.Router = null;
        }
    }

    // A tenant that is only a parent of others may be named.
    private static HashSet<string> WithParents(IEnumerable<string> tenants)
    {
        var all = new HashSet<string>();
        foreach (var tenant in tenants)
        {
            for (var name = tenant; name is not null; name = Tenant.ParentOf(name))
                all.Add(name);
        }

        return all;
    }

    private void Walk(ValidationContext context, ConfigNode node, Dictionary<string, HashSet<string>> names)
    {
        if (!node.Schema.IsHeeded)
            return;
        foreach (var child in node.Children)
        {
            if (child.IsBlock)
            {
                Walk(context, child, names);
                continue;
            }

            var leaf = (LeafSchema)child.Schema;
            if (!leaf.IsHeeded || leaf.Type.RefersTo is not { } list || !names.TryGetValue(list, out var known))
                continue;
            var name = child.Value is SourceSpec source ? source.Tenant : child.Text;
            if (name is null || known.Contains(name))
                continue;
            var kind = list.Split('/')[^1];
            var near = Spelling.Nearest(name, known);
            context.Report(this, child, $"{char.ToUpperInvariant(kind[0])}{kind[1..]} name \"{name}\" does not exist{(near is null ? "" : $"; was {near} meant?")}",
                near is null ? $"configure {kind} {name}" : $"write {near}");
        }
    }

    // The interface of a next hop is one of its own node.
    private void CheckHops(ValidationContext context, Router router)
    {
        foreach (var hop in router.ServiceRoutes.SelectMany(route => route.NextHops))
        {
            if (router.Nodes.FirstOrDefault(node => node.Name == hop.NodeName) is { } node
                && node.Devices.SelectMany(device => device.Interfaces).All(of => of.Name != hop.Interface)
                && router.Nodes.SelectMany(of => of.Devices).SelectMany(of => of.Interfaces).Any(of => of.Name == hop.Interface))
                context.Report(this, hop.Node, $"Next hop {hop.Interface} is no interface of node {hop.NodeName}, but of another node", $"name the node that has {hop.Interface}");
        }
    }
}
