using Warren.Protocol.Routing;

namespace Warren.Config.WireGuard;

/// <summary>One prefix of AllowedIPs.</summary>
/// <param name="Address">As typed, host bits and all.</param>
/// <param name="Length">0–32 or 0–128.</param>
/// <param name="Remove">True for "-address/length".</param>
public readonly record struct AllowedIpSetting(IpAddress Address, int Length, bool Remove);
