using Warren.Config;

namespace Warren.Fabric.Validation;

/// <summary>One rule that a configuration keeps or breaks. All rules run, and each reports all it finds.</summary>
/// <param name="id">Its name, words joined by '-': in findings and in docs/validation.md.</param>
/// <param name="severity">What a breach is.</param>
/// <param name="summary">What it asks for and why, one sentence.</param>
public abstract class ValidationRule(string id, Severity severity, string summary)
{
    /// <summary>Its name.</summary>
    public string Id { get; } = id;

    /// <summary>What a breach is.</summary>
    public Severity Severity { get; } = severity;

    /// <summary>What it asks for and why.</summary>
    public string Summary { get; } = summary;

    /// <summary>Looks at all of it.</summary>
    internal abstract void Check(ValidationContext context);
}
