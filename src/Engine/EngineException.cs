using System;

namespace Warren.Engine;

/// <summary>An engine could not start. The message is one line: what, where, and how to fix it.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Says why.</summary>
    public EngineException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
