namespace Warren.Fabric.Policies;

/// <summary>What becomes of a session.</summary>
public enum Verdict
{
    /// <summary>It passes.</summary>
    Allowed,

    /// <summary>It is for the machine itself, and is taken.</summary>
    AllowedHere,

    /// <summary>It is for the machine itself and came by an interface that is none of a tenant or neighborhood: the machine's own firewall decides.</summary>
    LeftToHost,

    /// <summary>It came by an interface that the node does not have, or that does not forward.</summary>
    NoInterface,

    /// <summary>An access policy says no.</summary>
    Denied,

    /// <summary>The tenant may use no service that has the destination.</summary>
    NoService,

    /// <summary>It is for the machine itself, which offers no such service here, or not to the tenant.</summary>
    DeniedHere,

    /// <summary>There is a service, and no way to deliver it: the session is refused, whatever less specific service there is.</summary>
    NoRoute,

    /// <summary>The way leads into a profile of which no peer has the destination among its allowed IPs.</summary>
    NoPeer,

    /// <summary>A peer sent it whose allowed IPs do not hold the source: WireGuard drops it before any policy.</summary>
    SourceNotAllowed,
}
