using Warren.Fabric.Plans;

namespace Warren.Fabric.Tests.Plans;

/// <summary>A node with workers at one interface, and what a test adds.</summary>
internal static class SmallPlan
{
    private const string Authority = """
        authority
          tenant workers
            member inside
              neighborhood inside
              address 10.0.0.0/24
              address fd00::/64
            exit
          exit
          router r1
            node n1
              device-interface lan
                network-interface lan
                  neighborhood inside
                  exit
                  address 10.0.0.1
                    prefix-length 24
                  exit
                exit
              exit
              device-interface out
                network-interface out
                  address 192.0.2.1
                    prefix-length 24
                    gateway 192.0.2.254
                  exit
                exit
              exit
            exit
          exit

        """;

    /// <summary>The plan with more lines of the authority.</summary>
    internal static NodePlan Of(string more, NodePlan? before = null)
    {
        var result = Compile(more, before);
        Assert.Empty(result.Findings);
        return result.Plan!;
    }

    /// <summary>…or why there is none.</summary>
    internal static PlanResult Compile(string more, NodePlan? before = null)
    {
        var authority = Text.Effective(Authority + more);
        return PlanCompiler.Compile(authority, authority.Routers[0], authority.Routers[0].Nodes[0], before);
    }
}
