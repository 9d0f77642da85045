namespace Warren.Bench.Throughput.Load;

/// <summary>What the sender of a trial says.</summary>
/// <param name="Datagrams">How many it gave to the kernel.</param>
/// <param name="Refused">How many of these the kernel refused for want of memory or a route.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record UdpSent(long Datagrams, long Refused, double Seconds);
