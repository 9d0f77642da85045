namespace Warren.Bench.Throughput.Load;

/// <summary>What the receiver of a trial says.</summary>
/// <param name="Datagrams">How many of the trial's size arrived.</param>
/// <param name="Reordered">How many of them behind a later one (RFC 4737 §3.3).</param>
/// <param name="Foreign">Datagrams of another size: not of the trial.</param>
/// <param name="Seconds">From the first arrival to the last.</param>
internal sealed record UdpReceived(long Datagrams, long Reordered, long Foreign, double Seconds);
