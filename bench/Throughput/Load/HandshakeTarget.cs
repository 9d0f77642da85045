namespace Warren.Bench.Throughput.Load;

/// <summary>The engine that answers handshakes.</summary>
/// <param name="Address">Outer IPv4 or IPv6 address.</param>
/// <param name="Port">UDP port.</param>
/// <param name="PublicKey">Its static key, base64.</param>
public sealed record HandshakeTarget(string Address, ushort Port, string PublicKey);
