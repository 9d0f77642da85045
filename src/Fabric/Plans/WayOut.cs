namespace Warren.Fabric.Plans;

/// <summary>How a session leaves.</summary>
public enum WayOut
{
    /// <summary>It does not: there is no way, and the session is refused.</summary>
    None,

    /// <summary>By an interface, to its network or a router there.</summary>
    Interface,

    /// <summary>Into a WireGuard device, to the peer that has the destination.</summary>
    Profile,

    /// <summary>To the machine itself.</summary>
    Machine,

    /// <summary>By whatever routes the machine has.</summary>
    LearnedRoutes,
}
