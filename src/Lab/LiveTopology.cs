using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace Warren.Lab;

/// <summary>A <see cref="Topology"/> brought to life. Disposing it, or the death of this process, ends every node.</summary>
/// <remarks>Nothing is created in the host's network namespace: links are born in the nodes' own.</remarks>
public sealed class LiveTopology : IDisposable
{
    /// <summary>The hidden node that holds the switches.</summary>
    internal const string Closet = "closet";

    private readonly Dictionary<string, Node> nodes = [];

    internal LiveTopology(Topology plan)
    {
        LabTools.Require();
        try
        {
            var networks = plan.Networks();
            IEnumerable<TopologyNode> all = networks.Any(n => IsSwitch(n.Members)) ? [.. plan.Nodes, new TopologyNode(Closet)] : plan.Nodes;
            foreach (var node in all) nodes.Add(node.Name, Node.Create(node));
            foreach (var node in nodes.Values) node.WaitReady();
            Wire(networks);
            Parallel.ForEach(nodes.Values, node => node.Configure());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The node of this name.</summary>
    public Node this[string name] => nodes.TryGetValue(name, out var node) ? node : throw new LabException($"no node is called {name}");

    /// <summary>All nodes of the topology.</summary>
    public IEnumerable<Node> Nodes => nodes.Values.Where(n => n.Name != Closet);

    /// <summary>Ends every node.</summary>
    public void Dispose() => Parallel.ForEach(nodes.Values, node => node.Dispose());

    private static bool IsSwitch(IReadOnlyList<Attachment> members) => members.Count > 2;

    private void Wire(IReadOnlyList<(string Network, IReadOnlyList<Attachment> Members)> networks)
    {
        var batches = new Dictionary<Node, StringBuilder>();
        for (var index = 0; index < networks.Count; index++)
        {
            var (network, members) = networks[index];
            if (members.Count < 2) throw new LabException($"network {network} has one member only");
            if (IsSwitch(members)) AddSwitch(Batch(nodes[Closet]), index, members);
            else AddCable(Batch(nodes[members[0].Node]), members[0], members[1]);
        }

        foreach (var (node, batch) in batches) node.RunOnNetwork(batch.ToString(), "ip", "-batch", "-");

        StringBuilder Batch(Node node) => batches.TryGetValue(node, out var batch) ? batch : batches[node] = new StringBuilder();
    }

    // Both ends are born where they belong: the kernel takes the far end's name and namespace with the request.
    private void AddCable(StringBuilder batch, Attachment near, Attachment far) => batch
        .AppendLine(System.Globalization.CultureInfo.InvariantCulture,
            $"link add name {near.Interface} type veth peer name {far.Interface} netns {nodes[far.Node].NamespaceId}");

    private void AddSwitch(StringBuilder batch, int index, IReadOnlyList<Attachment> members)
    {
        var bridge = $"switch{index}";
        batch.Append($"link add name {bridge} type bridge stp_state 0 mcast_snooping 0\nlink set {bridge} mtu 9000 up\n");
        for (var port = 0; port < members.Count; port++)
        {
            var name = $"port{index}-{port}";
            batch.Append($"link add name {name} mtu 9000 type veth peer name {members[port].Interface} netns {nodes[members[port].Node].NamespaceId}\n");
            batch.Append($"link set {name} master {bridge} up\n");
        }
    }
}
