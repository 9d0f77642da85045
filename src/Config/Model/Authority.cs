using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>All that belongs together: routers, and the tenants and services that they share.</summary>
/// <param name="node">The root of a tree.</param>
public sealed class Authority(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = new("name", TextType.Any, "The name of the authority.");

    /// <summary>How RIB routes choose services.</summary>
    public static Leaf<string> FibServiceMatchLeaf { get; } =
        new("fib-service-match", new WordType("fib-service-match", "best-match-only", "any-match"), "Whether learned routes serve less specific services too.") { Default = "best-match-only", IsHeeded = false };

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("authority", "All that belongs together: routers, and the tenants and services that they share.", [],
    [
        NameLeaf,
        Kept.Leaves("conductor-address", "Where the conductor is."),
        FibServiceMatchLeaf,
        Kept.Leaf("rekey-interval", "Hours between new keys for secure vector routing, or never."),
        Kept.Leaf("currency", "The currency of costs."),
        Tenant.Schema,
        Service.Schema,
        ServicePolicy.Schema,
        ServiceClass.Schema,
        SessionType.Schema,
        Kept.List("security", "name", "A security policy of secure vector routing."),
        Kept.List("dscp-map", "name", "A map of code points."),
        Kept.List("traffic-profile", "name", "Shares of bandwidth by traffic class."),
        Expectations.Schema,
        Router.Schema,
        Kept.Container("routing", "Dynamic routing of all routers."),
        Kept.Container("access-management", "Who may configure what."),
        Kept.Container("pcli", "The shell."),
        Kept.Container("cli-messages", "Messages of the shell."),
        Kept.Container("metrics-profile", "What is measured."),
    ]);

    /// <summary>Its name, or empty.</summary>
    public string Name => Node.Get(NameLeaf, "");

    /// <summary>The routers.</summary>
    public IReadOnlyList<Router> Routers => field ??= Entries(Router.Schema, child => new Router(child));

    /// <summary>The tenants.</summary>
    public IReadOnlyList<Tenant> Tenants => field ??= Entries(Tenant.Schema, child => new Tenant(child));

    /// <summary>The services.</summary>
    public IReadOnlyList<Service> Services => field ??= Entries(Service.Schema, child => new Service(child));

    /// <summary>The service policies.</summary>
    public IReadOnlyList<ServicePolicy> ServicePolicies => field ??= Entries(ServicePolicy.Schema, child => new ServicePolicy(child));

    /// <summary>The service classes.</summary>
    public IReadOnlyList<ServiceClass> ServiceClasses => field ??= Entries(ServiceClass.Schema, child => new ServiceClass(child));

    /// <summary>The session types.</summary>
    public IReadOnlyList<SessionType> SessionTypes => field ??= Entries(SessionType.Schema, child => new SessionType(child));

    /// <summary>What must hold, or null.</summary>
    public Expectations? Expectations => Node.Child(Model.Expectations.Schema) is { } child ? new Expectations(child) : null;
}
