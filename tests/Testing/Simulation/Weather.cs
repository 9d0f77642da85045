using System;

namespace Warren.Testing.Simulation;

/// <summary>What the network does to datagrams. Different delays are what reorders them.</summary>
public sealed record Weather
{
    /// <summary>Nothing is lost, doubled or altered; 5 to 80 ms.</summary>
    public static Weather Fair { get; } = new();

    public double Loss { get; init; }

    public double Duplication { get; init; }

    /// <summary>Probability that one bit arrives flipped.</summary>
    public double Corruption { get; init; }

    /// <summary>Probability that a datagram takes up to <see cref="LongestStraggle"/>.</summary>
    public double Straggling { get; init; }

    public TimeSpan LeastDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    public TimeSpan GreatestDelay { get; init; } = TimeSpan.FromMilliseconds(80);

    public TimeSpan LongestStraggle { get; init; } = TimeSpan.FromSeconds(60);

    public static Weather Storm(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new Weather
        {
            Loss = random.Pick(0.02, 0.1, 0.3, 0.6),
            Duplication = random.Pick(0, 0.1, 0.5),
            Corruption = random.Pick(0, 0.02, 0.1),
            Straggling = random.Pick(0, 0.02, 0.1),
            GreatestDelay = TimeSpan.FromMilliseconds(random.Pick(80, 400, 3_000)),
        };
    }
}
