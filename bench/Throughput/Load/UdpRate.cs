namespace Warren.Bench.Throughput.Load;

/// <summary>What one trial, or the best of a search, carried.</summary>
/// <param name="OfferedPerSecond">Datagrams sent a second, as measured by the sender.</param>
/// <param name="ReceivedPerSecond">Datagrams received a second between the first and the last arrival: what queues gave back late does not count as rate.</param>
/// <param name="LossFraction">Share of the datagrams sent that never arrived, 0 to 1.</param>
/// <param name="Reordered">Datagrams that arrived behind a later one of the same flow (RFC 4737 §3.3), over all trials when it is of a search.</param>
public sealed record UdpRate(double OfferedPerSecond, double ReceivedPerSecond, double LossFraction, long Reordered);
