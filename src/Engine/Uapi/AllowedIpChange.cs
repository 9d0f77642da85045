using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>One prefix to add to a peer, or to take from it.</summary>
/// <param name="Address">As typed: "10.0.0.1/24" is sent so, and the device masks.</param>
/// <param name="Length">0–32 or 0–128.</param>
/// <param name="Remove">True for "-address/length": taken away if the peer has it.</param>
public readonly record struct AllowedIpChange(IpAddress Address, int Length, bool Remove);
