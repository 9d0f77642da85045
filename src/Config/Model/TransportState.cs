namespace Warren.Config.Model;

/// <summary>What becomes of TCP that does not begin with SYN.</summary>
public enum TransportState
{
    /// <summary>It is answered with RST.</summary>
    Reset,

    /// <summary>It passes.</summary>
    Allow,

    /// <summary>It is dropped.</summary>
    Block,

    /// <summary>As reset, and sequence numbers must fit.</summary>
    Strict,
}
