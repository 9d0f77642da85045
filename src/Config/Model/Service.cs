using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>A destination: addresses, transports, and who may use it. <c>child.parent</c> inherits from <c>parent</c>.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class Service(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.ServiceName, "service");

    /// <summary>Whether it is served.</summary>
    public static Leaf<bool> EnabledLeaf { get; } = new("enabled", BooleanType.Instance, "Whether traffic to its addresses is served.") { Default = "true" };

    /// <summary>Who may use it.</summary>
    public static Leaf<Scope> ScopeLeaf { get; } =
        new("scope", new EnumType<Scope>("scope", ("private", Model.Scope.Private), ("public", Model.Scope.Public)),
            "private: whom an access policy allows. public: everybody whom none denies.") { Default = "private" };

    /// <summary>Where it is.</summary>
    public static Leaf<ServiceAddress> AddressLeaf { get; } =
        new("address", ServiceAddressType.Instance, "Where it is: a prefix, or a domain name.") { IsList = true };

    /// <summary>What it speaks.</summary>
    public static TransportSchema TransportSchema { get; } = new("A protocol it speaks; without any, all.");

    /// <summary>Who.</summary>
    public static AccessPolicySchema AccessPolicySchema { get; } = new("Who may use it, or may not.");

    /// <summary>How sessions are balanced and classed.</summary>
    public static Leaf<string> ServicePolicyLeaf { get; } = new("service-policy", TextType.Reference("service-policy"), "How its sessions are balanced and classed.");

    /// <summary>Whether sources are translated on the way out.</summary>
    public static Leaf<string> SourceNatLeaf { get; } =
        new("source-nat", new WordType("source-nat", "network-interface", "disabled"), "Whether sources are translated where the interface says so.") { Default = "network-interface" };

    /// <summary>Template or not.</summary>
    public static Leaf<string> ApplicationTypeLeaf { get; } =
        new("application-type", new WordType("application-type", "generic", "dhcp-relay", "dns-proxy", "ftp-control", "ftp-data", "template"),
            "template: only to inherit from, without addresses.") { Default = "generic" };

    /// <summary>Whether it was generated.</summary>
    public static Leaf<bool> GeneratedLeaf { get; } = Names.Generated();

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("service", "A destination: addresses, transports, and who may use it.", [NameLeaf],
    [
        NameLeaf,
        Model.AppliesTo.Schema,
        Names.Description("service"),
        EnabledLeaf,
        ScopeLeaf,
        Kept.Leaf("security", "The security policy of its traffic."),
        Kept.Leaf("service-group", "The group it is counted in."),
        Kept.Flag("tap-multiplexing", "Whether copies of packets are made."),
        TransportSchema.Block,
        AddressLeaf,
        Kept.Flag("access-policy-generated", "Whether access policies were generated."),
        AccessPolicySchema.Block,
        ServicePolicyLeaf,
        new Leaf<bool>("share-service-routes", BooleanType.Instance, "Whether neighbours learn routes to it.") { Default = "true", IsHeeded = false },
        SourceNatLeaf,
        ApplicationTypeLeaf,
        Kept.Flag("session-record", "Whether sessions are recorded."),
        Kept.Leaf("fqdn-resolution-type", "The family in which names are looked up."),
        Kept.Leaves("application-name", "Applications it is."),
        Kept.Leaves("domain-name", "Names it is known by."),
        Kept.Leaves("url", "Addresses of pages."),
        GeneratedLeaf,
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>The service it inherits from, or null: what follows the first dot.</summary>
    public string? Parent => Tenant.ParentOf(Name);

    /// <summary>Whether it is served.</summary>
    public bool IsEnabled => Node.Get(EnabledLeaf, true);

    /// <summary>Who may use it.</summary>
    public Scope Scope => Node.Get(ScopeLeaf, Scope.Private);

    /// <summary>Whether it is only there to be inherited from.</summary>
    public bool IsTemplate => Node.Get(ApplicationTypeLeaf, "") == "template";

    /// <summary>Whether sources stay as they are, whatever an interface says.</summary>
    public bool KeepsSources => Node.Get(SourceNatLeaf, "") == "disabled";

    /// <summary>Where it is.</summary>
    public IReadOnlyList<ServiceAddress> Addresses => field ??= Node.All(AddressLeaf);

    /// <summary>What it speaks, as written; empty for all, or for what its parent says.</summary>
    public IReadOnlyList<Transport> Transports => field ??= Entries(TransportSchema.Block, child => new Transport(child, TransportSchema));

    /// <summary>Who may use it, as written in it.</summary>
    public IReadOnlyList<AccessPolicy> AccessPolicies => field ??= Entries(AccessPolicySchema.Block, child => new AccessPolicy(child, AccessPolicySchema));

    /// <summary>On which routers; empty for all, or for what its parent says.</summary>
    public IReadOnlyList<AppliesTo> AppliesTo => field ??= Entries(Model.AppliesTo.Schema, child => new AppliesTo(child));

    /// <summary>Its policy, or null.</summary>
    public string? ServicePolicy => Node.Child(ServicePolicyLeaf)?.Text;
}
