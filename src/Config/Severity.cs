namespace Warren.Config;

/// <summary>How bad a finding is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Taken all the same; probably not what was meant.</summary>
    Warning,

    /// <summary>Not taken.</summary>
    Error,
}
