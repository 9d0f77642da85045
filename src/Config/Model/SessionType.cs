using System;
using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>How long sessions of a transport live, and their class.</summary>
/// <param name="node">An entry of the list.</param>
public sealed class SessionType(ConfigNode node) : Element(node)
{
    /// <summary>Its name.</summary>
    public static Leaf<string> NameLeaf { get; } = Names.Name(TextType.NameId, "session type");

    /// <summary>Idle time.</summary>
    public static Leaf<long> TimeoutLeaf { get; } = new("timeout", IntegerType.Milliseconds, "How long an established session may be idle.") { Default = "180000" };

    /// <summary>Idle time before an answer.</summary>
    public static Leaf<long> InitialTimeoutLeaf { get; } =
        new("initial-timeout", IntegerType.Milliseconds, "How long a session may be without an answer.") { Default = "10000" };

    /// <summary>The class.</summary>
    public static Leaf<string> ServiceClassLeaf { get; } = new("service-class", TextType.Reference("service-class"), "The class of its sessions.") { IsRequired = true };

    /// <summary>Which sessions.</summary>
    public static TransportSchema TransportSchema { get; } = new("Sessions that are of this type.");

    /// <summary>Whether it was generated.</summary>
    public static Leaf<bool> GeneratedLeaf { get; } = Names.Generated();

    /// <summary>The element.</summary>
    public static BlockSchema Schema { get; } = new("session-type", "How long sessions of a transport live, and their class.", [NameLeaf],
    [
        NameLeaf,
        Names.Description("session type"),
        ServiceClassLeaf,
        TimeoutLeaf,
        InitialTimeoutLeaf,
        Kept.Flag("nat-keep-alive", "Whether idle sessions are kept alive."),
        TransportSchema.Block,
        GeneratedLeaf,
    ]);

    /// <summary>Its name.</summary>
    public string Name => Node.Key;

    /// <summary>How long an established session may be idle.</summary>
    public TimeSpan Timeout => TimeSpan.FromMilliseconds(Node.Get(TimeoutLeaf, 180_000));

    /// <summary>How long a session may be without an answer.</summary>
    public TimeSpan InitialTimeout => TimeSpan.FromMilliseconds(Node.Get(InitialTimeoutLeaf, 10_000));

    /// <summary>The class of its sessions, or null.</summary>
    public string? ServiceClass => Node.Child(ServiceClassLeaf)?.Text;

    /// <summary>Which sessions.</summary>
    public IReadOnlyList<Transport> Transports => field ??= Entries(TransportSchema.Block, child => new Transport(child, TransportSchema));
}
