namespace Warren.Config.Documents;

/// <summary>What an address is to a host.</summary>
public enum HostFactKind
{
    /// <summary>The sentence does not say.</summary>
    Unknown,

    /// <summary>Where it is reached from outside.</summary>
    Outer,

    /// <summary>Its address in the tunnel.</summary>
    Inner,

    /// <summary>A subnet that it serves.</summary>
    Behind,
}
