namespace Warren.Config.Quick.Steps;

/// <summary>One thing that wg-quick does, as a value: printable before it is done.</summary>
public abstract record QuickStep
{
    /// <summary>The equivalent command, as wg-quick echoes it behind "[#] ".</summary>
    public abstract string Command { get; }

    /// <summary>What the command reads, where it reads something; null otherwise. May hold secrets.</summary>
    public virtual string? Input => null;

    /// <summary>"-4" or "-6".</summary>
    protected static string Family(bool ipv6) => ipv6 ? "-6" : "-4";
}
