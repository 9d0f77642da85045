namespace Warren.Engine;

/// <summary>How much an engine says: the values of wireguard-go's LOG_LEVEL.</summary>
public enum LogLevel
{
    /// <summary>Nothing.</summary>
    Silent,

    /// <summary>What went wrong. The default.</summary>
    Error,

    /// <summary>Also what happens: peers, port, threads. "verbose" and "debug" both mean this.</summary>
    Debug,
}
