using System;

namespace Warren.Bench.Throughput.Load;

/// <summary>How <see cref="UdpLoad"/> looks for the highest rate.</summary>
public sealed record UdpLoadOptions
{
    /// <summary>How long datagrams are sent in one trial; 1 s by default.</summary>
    public TimeSpan Trial { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Trials at most, the flood that finds the order of magnitude included; 2 or more, 8 by default.</summary>
    public int Trials { get; init; } = 8;

    /// <summary>What share of the datagrams may be lost; 0.01 by default, as RFC 2544 §26.1 with the tolerance usual for software.</summary>
    public double AcceptedLoss { get; init; } = 0.01;
}
