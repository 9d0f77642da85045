using Warren.Protocol.Routing;

namespace Warren.Cli.Quick;

/// <summary>An address of an interface, as the kernel has it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Length">Prefix length.</param>
/// <param name="Scope">RT_SCOPE_*; 253 is the link's.</param>
internal readonly record struct HostAddress(IpAddress Address, int Length, byte Scope)
{
    /// <summary>Whether it is fe80::/10, which the kernel gives an interface by itself.</summary>
    public bool IsKernelLinkLocal => Address.IsIPv6 && Scope == 253;
}
