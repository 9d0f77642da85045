using Warren.Engine.Uapi;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol.Routing;

namespace Warren.Engine;

/// <summary>How an engine is started.</summary>
public sealed record EngineOptions
{
    /// <summary>The interface to make, at most 15 characters.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>Threads that carry packets. 0, the default: one on a machine of one or two processors, else one per two, at most 8.</summary>
    public int Workers { get; init; }

    /// <summary>Local address to listen on; null or unspecified: all.</summary>
    public IpAddress? BindAddress { get; init; }

    /// <summary>Where the socket for <c>wg</c> is made; default /var/run/wireguard.</summary>
    public string UapiDirectory { get; init; } = UapiClient.DefaultDirectory;

    /// <summary>A TUN descriptor that is open already (WG_TUN_FD); null: one is made.</summary>
    public int? TunDescriptor { get; init; }

    /// <summary>A listening unix socket that is open already (WG_UAPI_FD); null: one is made.</summary>
    public int? UapiDescriptor { get; init; }

    /// <summary>What is asked of the kernel for the TUN; default everything. What it refuses is done without.</summary>
    public TunOffloads TunOffloads { get; init; } = TunOffloads.All;

    /// <summary>What is asked of the kernel for the UDP sockets; default everything. What it refuses is done without.</summary>
    public UdpOffloads UdpOffloads { get; init; } = UdpOffloads.All;

    /// <summary>How much is logged; default errors.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Error;
}
