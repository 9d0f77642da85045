using System;
using System.Collections.Generic;
using System.Linq;

namespace Warren.Lab;

/// <summary>
/// Nodes and the networks that join them, as a plan: nothing exists before <see cref="Start"/>. A network of two is a
/// cable (a veth pair); one of more is a switch (a bridge).
/// </summary>
public sealed class Topology
{
    private readonly List<TopologyNode> nodes = [];

    /// <summary>The nodes in the order in which they were named first.</summary>
    public IReadOnlyList<TopologyNode> Nodes => nodes;

    /// <summary>The node of this name, new or already named before.</summary>
    /// <param name="name">1 to 15 letters, digits and dashes.</param>
    public TopologyNode Node(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (nodes.Find(n => n.Name == name) is { } known) return known;
        if (name.Length > 15 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || name == LiveTopology.Closet)
            throw new ArgumentException($"not a name for a node: {name}", nameof(name));
        nodes.Add(new TopologyNode(name));
        return nodes[^1];
    }

    /// <summary>Networks with their attachments, in order of the first one.</summary>
    public IReadOnlyList<(string Network, IReadOnlyList<Attachment> Members)> Networks() =>
        [.. nodes.SelectMany(n => n.Attachments).GroupBy(a => a.Network).Select(g => (g.Key, (IReadOnlyList<Attachment>)[.. g]))];

    /// <summary>Makes it all: namespaces, links, addresses, routes, files. Root is needed.</summary>
    /// <exception cref="LabException">Not root, a program is missing, or the kernel refused something.</exception>
    public LiveTopology Start() => new(this);
}
