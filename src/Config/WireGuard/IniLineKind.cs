namespace Warren.Config.WireGuard;

/// <summary>What a line of an INI text is.</summary>
public enum IniLineKind
{
    /// <summary>Nothing but white space.</summary>
    Blank,

    /// <summary>A comment alone.</summary>
    Comment,

    /// <summary>"[Name]".</summary>
    Section,

    /// <summary>"Name = value".</summary>
    Setting,

    /// <summary>Anything else: kept, and for others to complain about.</summary>
    Unknown,
}
