using System.Globalization;
using Warren.Protocol.Routing;

namespace Warren.Config.Language;

/// <summary>An address inside a network, as 10.10.10.1/24: which of the two is meant, the leaf says.</summary>
/// <param name="Address">The address, host bits and all.</param>
/// <param name="Length">0–32 or 0–128.</param>
public readonly record struct InterfacePrefix(IpAddress Address, int Length)
{
    /// <summary>The network alone.</summary>
    public IpPrefix Network => new(Address, Length);

    /// <summary>True for IPv6.</summary>
    public bool IsIPv6 => Address.IsIPv6;

    /// <summary>"address/length".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}
