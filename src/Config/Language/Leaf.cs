namespace Warren.Config.Language;

/// <summary>A leaf whose value has a type of its own in the model.</summary>
/// <typeparam name="T">The model's type.</typeparam>
public sealed class Leaf<T> : LeafSchema
    where T : notnull
{
    /// <summary>Declares a leaf.</summary>
    public Leaf(string name, LeafType<T> type, string summary)
        : base(name, type, summary)
    {
    }
}
