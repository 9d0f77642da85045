namespace Warren.Fabric.Policies;

/// <summary>The stages of service lookup, in their order (facts C2): transport before prefix.</summary>
public enum LookupStage
{
    /// <summary>Services that name the protocol and the port.</summary>
    Port = 1,

    /// <summary>Services that name the protocol and no port.</summary>
    Protocol = 2,

    /// <summary>Services that name no protocol.</summary>
    Any = 3,
}
