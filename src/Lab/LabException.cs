using System;

namespace Warren.Lab;

/// <summary>The lab itself failed (a missing program, a refused command, a condition that never came true), not what runs in it.</summary>
public sealed class LabException : Exception
{
    /// <summary>Says what failed, where, and what the programs involved printed.</summary>
    public LabException(string message) : base(message)
    {
    }

    /// <summary>Says what failed and keeps what caused it.</summary>
    public LabException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
