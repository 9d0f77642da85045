namespace Warren.Fabric.Check;

/// <summary>One reason why configurations do not work, or surprise.</summary>
/// <param name="id">Words joined by '-': what findings are called.</param>
/// <param name="summary">What it finds, in one sentence without a full stop.</param>
public abstract class CheckRule(string id, string summary)
{
    /// <summary>What its findings are called.</summary>
    public string Id { get; } = id;

    /// <summary>What it finds.</summary>
    public string Summary { get; } = summary;

    /// <summary>Tells all it finds. Its cost grows linearly with what was read.</summary>
    internal abstract void Check(Survey survey, Remarks remarks);
}
