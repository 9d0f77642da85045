using System.Globalization;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>A prefix of a peer as the device says it. Host bits are kept: what a device answers is shown, not mended.</summary>
/// <param name="Address">IPv4 or IPv6.</param>
/// <param name="Length">0–32 or 0–128.</param>
public readonly record struct AllowedIp(IpAddress Address, int Length)
{
    /// <summary>"address/length".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}
