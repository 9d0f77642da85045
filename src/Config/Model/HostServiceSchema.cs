using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>The block <c>host-service</c>, which addresses and leased interfaces each have.</summary>
public sealed class HostServiceSchema
{
    /// <summary>Declares it.</summary>
    public HostServiceSchema() =>
        Block = new("host-service", "A service of the machine itself that is reached here.", [Type], [Names.Description("host service"), Enabled, Transport.Block, AccessPolicy.Block]);

    /// <summary>The block.</summary>
    public BlockSchema Block { get; }

    /// <summary>Which.</summary>
    public Leaf<string> Type { get; } =
        new("service-type", new WordType("service-type", "ssh", "netconf", "web", "snmp", "dhcp-server", "custom"), "Which; custom: what its transports say.") { IsRequired = true };

    /// <summary>Whether it is reached.</summary>
    public Leaf<bool> Enabled { get; } = new("enabled", BooleanType.Instance, "Whether it is reached.") { Default = "true" };

    /// <summary>What a custom one speaks.</summary>
    public TransportSchema Transport { get; } = new("What a custom service speaks.");

    /// <summary>Who.</summary>
    public AccessPolicySchema AccessPolicy { get; } = new("Who may use it; without any, everybody.");
}
