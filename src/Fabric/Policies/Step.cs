using Warren.Config.Language;

namespace Warren.Fabric.Policies;

/// <summary>One step of a decision, with the line that made it.</summary>
/// <param name="Kind">What was decided: "interface", "neighborhood", "tenant", "service", "access", "route", "nat", "next-hop", "peer", "mtu".</param>
/// <param name="Text">What was found, for people.</param>
/// <param name="Position">Where it is written; nowhere for what follows from nothing written.</param>
public readonly record struct Step(string Kind, string Text, SourcePosition Position)
{
    /// <summary>The path of the element, to look at it.</summary>
    public ConfigNode? Node { get; init; }
}
