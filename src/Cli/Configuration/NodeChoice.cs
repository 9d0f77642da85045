using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Cli.Configuration;

/// <summary>A router and a node that were named on the command line.</summary>
internal static class NodeChoice
{
    /// <summary>Null, or what is wrong; without a node's name the first.</summary>
    internal static string? Find(Authority authority, string routerName, string? nodeName, out Router router, out RouterNode node)
    {
        node = null!;
        router = authority.Routers.FirstOrDefault(r => r.Name == routerName)!;
        if (router is null)
        {
            var near = Spelling.Nearest(routerName, authority.Routers.Select(r => r.Name));
            return $"there is no router {routerName}{(near is null ? "" : $"; was {near} meant?")}";
        }

        if (nodeName is null)
        {
            if (router.Nodes is not [var first, ..])
                return $"router {router.Name} has no node";
            node = first;
            return null;
        }

        node = router.Nodes.FirstOrDefault(n => n.Name == nodeName)!;
        return node is null ? $"router {router.Name} has no node {nodeName}; it has {string.Join(", ", router.Nodes.Select(n => n.Name).DefaultIfEmpty("none"))}" : null;
    }
}
