using System;

namespace Warren.Testing.Simulation;

/// <summary>A property did not hold. The message says which, where and when; the run adds the seed.</summary>
public sealed class SimulationException : Exception
{
    public SimulationException()
    {
    }

    public SimulationException(string message)
        : base(message)
    {
    }

    public SimulationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
