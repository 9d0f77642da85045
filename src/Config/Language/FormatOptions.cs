namespace Warren.Config.Language;

/// <summary>How a configuration is written.</summary>
public sealed record FormatOptions
{
    /// <summary>Whether values that are the default anyway are written too.</summary>
    public bool Verbose { get; init; }

    /// <summary>Whether every leaf stands on a line of its own with the whole way to it.</summary>
    public bool Flat { get; init; }

    /// <summary>Whether secrets are written; otherwise a mask, which is read back as "unchanged".</summary>
    public bool Secrets { get; init; }

    /// <summary>Whether comments are written.</summary>
    public bool Comments { get; init; } = true;

    /// <summary>Whether what nobody wrote, but a profile implies, is written.</summary>
    public bool Generated { get; init; } = true;
}
