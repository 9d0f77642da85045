namespace Warren.Config.Documents;

/// <summary>In which language a tunnel was written.</summary>
public enum TunnelForm
{
    /// <summary>The INI of <c>wg</c> and <c>wg-quick</c>.</summary>
    Quick,

    /// <summary>NetworkManager's keyfile, .nmconnection.</summary>
    NetworkManager,

    /// <summary>systemd-networkd's .netdev, with its .network.</summary>
    Networkd,

    /// <summary>A profile of a router of an authority.</summary>
    Authority,
}
