using System.Globalization;
using System.Text;

namespace Warren.Config.Language;

/// <summary>One finding about a configuration: what is wrong, where, and what to do about it.</summary>
/// <param name="Rule">The rule that found it, for documentation and tests: words joined by '-'.</param>
/// <param name="Severity">Errors refuse a commit; warnings and remarks do not.</param>
/// <param name="Message">What is wrong and why it matters, one sentence, naming what it is about.</param>
public sealed record Finding(string Rule, Severity Severity, string Message)
{
    /// <summary>The element it is about; null when it is about the text alone.</summary>
    public ConfigPath? Path { get; init; }

    /// <summary>Where, in the text.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>What to write instead, or null where there is no one answer.</summary>
    public string? Fix { get; init; }

    /// <summary>The router whose part it is; null when it concerns all. A fault in one router's part never stops another.</summary>
    public string? Router { get; init; }

    /// <summary>A second place that has to do with it, such as the other of two peers with one key.</summary>
    public SourcePosition Other { get; init; }

    /// <summary>"place: severity: message; fix" on one line.</summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        if (Position.IsKnown)
            line.Append(CultureInfo.InvariantCulture, $"{Position}: ");
        line.Append(CultureInfo.InvariantCulture, $"{Word(Severity)}: {Message}");
        if (Fix is not null)
            line.Append(CultureInfo.InvariantCulture, $"; fix: {Fix}");
        return line.ToString();
    }

    /// <summary>"error", "warning" or "info".</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };
}
