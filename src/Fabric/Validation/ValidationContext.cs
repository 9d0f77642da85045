using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Policies;

namespace Warren.Fabric.Validation;

/// <summary>What rules look at, and where they report.</summary>
internal sealed class ValidationContext
{
    private readonly List<(Finding Finding, ConfigNode? About)> _findings = [];
    private readonly Dictionary<string, IReadOnlyList<ProfileUse>> _uses = [];

    internal ValidationContext(ConfigNode authored, ConfigNode effective)
    {
        Authored = new Authority(authored);
        Effective = new Authority(effective);
        Services = new ServiceCatalog(Effective).ByName;
        TenantNames = Effective.Tenants.Select(tenant => tenant.Name).ToHashSet();
    }

    /// <summary>What operators wrote.</summary>
    internal Authority Authored { get; }

    /// <summary>With everything that is generated.</summary>
    internal Authority Effective { get; }

    /// <summary>All services, with what they inherit.</summary>
    internal IReadOnlyDictionary<string, ServiceView> Services { get; }

    /// <summary>All tenants.</summary>
    internal HashSet<string> TenantNames { get; }

    /// <summary>The router that is looked at; null for what concerns all.</summary>
    internal Router? Router { get; set; }

    /// <summary>Where a router's profiles listen.</summary>
    internal IReadOnlyList<ProfileUse> UsesOf(Router router)
    {
        if (!_uses.TryGetValue(router.Name, out var uses))
            _uses[router.Name] = uses = [.. ProfileUse.Of(router)];
        return uses;
    }

    /// <summary>Reports a breach.</summary>
    /// <param name="rule">Which rule.</param>
    /// <param name="about">The element.</param>
    /// <param name="message">What is wrong and why it matters.</param>
    /// <param name="fix">What to write instead.</param>
    /// <param name="at">Where, when it is not where the element begins.</param>
    /// <param name="other">A second place.</param>
    internal void Report(ValidationRule rule, ConfigNode? about, string message, string? fix = null, SourcePosition at = default, SourcePosition other = default) =>
        _findings.Add((new Finding(rule.Id, rule.Severity, message)
        {
            Fix = fix,
            Position = at.IsKnown ? at : about?.Position ?? default,
            Other = other,
            Router = Router?.Name,
        }, about));

    /// <summary>Adds what was found elsewhere.</summary>
    internal void Add(IEnumerable<Finding> findings) => _findings.AddRange(findings.Select(finding => (finding, (ConfigNode?)null)));

    /// <summary>All findings in the order of the text, each with the path of its element.</summary>
    internal IReadOnlyList<Finding> Finish()
    {
        var wanted = _findings.Select(of => of.About).OfType<ConfigNode>().ToHashSet(ReferenceEqualityComparer.Instance);
        var paths = new Dictionary<ConfigNode, ConfigPath>(ReferenceEqualityComparer.Instance);
        if (wanted.Count > 0)
            Walk(Effective.Node, ConfigPath.Root(Effective.Node.Schema));
        return
        [
            .. _findings.Select(of => of.About is { } about && paths.TryGetValue(about, out var path) ? of.Finding with { Path = path } : of.Finding)
                .OrderBy(finding => finding.Position.Source?.Name, StringComparer.Ordinal).ThenBy(finding => finding.Position.Line).ThenBy(finding => finding.Position.Column),
        ];

        void Walk(ConfigNode node, ConfigPath path)
        {
            if (wanted.Contains(node))
                paths[node] = path;
            foreach (var child in node.Children)
                Walk(child, path.Then(child));
        }
    }
}
