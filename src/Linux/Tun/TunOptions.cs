namespace Warren.Linux.Tun;

/// <summary>How a TUN device is made.</summary>
public sealed record TunOptions
{
    /// <summary>How many queues (readers); default 1. The kernel spreads flows over them.</summary>
    public int Queues { get; init; } = 1;

    /// <summary>Largest packet in bytes; default 1420, which fits WireGuard over IPv6 over Ethernet.</summary>
    public int Mtu { get; init; } = 1420;

    /// <summary>How many packets wait for a reader; default 1000, as on the kernel's tunnels (a TUN's own 500 is too short).</summary>
    public int TransmitQueueLength { get; init; } = 1000;

    /// <summary>What to ask the kernel for; default nothing. What it agreed to is <see cref="TunDevice.Offloads"/>.</summary>
    public TunOffloads Offloads { get; init; }
}
