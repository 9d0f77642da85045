using System;
using System.Collections.Generic;
using Warren.Linux.Netlink;

namespace Warren.Engine.Kernel;

/// <summary>The kernel's own.</summary>
internal sealed class WireGuardFamily : IWireGuardFamily
{
    private const byte Version = 1;
    private readonly GenericNetlink _netlink;

    private WireGuardFamily(GenericNetlink netlink) => _netlink = netlink;

    /// <summary>Null where the kernel has no WireGuard.</summary>
    internal static WireGuardFamily? TryOpen() =>
        GenericNetlink.TryOpen(WireGuardNetlink.Family) is { } netlink ? new WireGuardFamily(netlink) : null;

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Get(ReadOnlySpan<byte> attributes) => _netlink.Dump(WireGuardNetlink.GetDevice, Version, attributes);

    /// <inheritdoc/>
    public void Set(ReadOnlySpan<byte> attributes) => _netlink.Request(WireGuardNetlink.SetDevice, Version, attributes);

    /// <inheritdoc/>
    public void Dispose() => _netlink.Dispose();
}
