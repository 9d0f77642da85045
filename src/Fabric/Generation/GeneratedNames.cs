namespace Warren.Fabric.Generation;

/// <summary>What generated elements are called. Where the vendor documents no name it is ours (docs/generation.md); none has a dot, which would mean hierarchy.</summary>
public static class GeneratedNames
{
    /// <summary>The network interface of a profile (facts D2).</summary>
    public static string Interface(string profile) => $"{profile}-intf";

    /// <summary>The service of a profile's UDP port: ours, after the vendor's names for tunnels of GRE.</summary>
    public static string Service(string router, string profile) => $"wireguard_{router}_{profile}";

    /// <summary>The service route of it: ours.</summary>
    public static string ServiceRoute(string profile) => $"wireguard_{profile}";

    /// <summary>The session type of a profile with a timeout or class of its own: ours.</summary>
    public static string SessionType(string router, string profile) => $"wireguard_{router}_{profile}";

    /// <summary>How the origin of a generated element is said.</summary>
    public static string Origin(string router, string profile) => $"router {router} wireguard-profile {profile}";
}
