namespace Warren.Config.Quick;

/// <summary>What sets the host's DNS servers.</summary>
public enum DnsTool
{
    /// <summary>Nothing that we know is installed.</summary>
    None,

    /// <summary>resolvconf(8), openresolv's or anyone's who answers to the name.</summary>
    Resolvconf,

    /// <summary>resolvectl(1), with systemd-resolved running.</summary>
    Resolvectl,
}
