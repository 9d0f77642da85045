namespace Warren.Lab.Tests;

/// <summary>Every kit in turn, on all nodes.</summary>
public sealed class Kits : TheoryData<Kit>
{
    public Kits()
    {
        Add(Kit.Debian);
    }
}
