using System;

namespace Warren.Lab.Tests;

/// <summary>Every kit in turn, on all nodes.</summary>
public sealed class Kits : TheoryData<Kit>
{
    public Kits()
    {
        foreach (var kit in Enum.GetValues<Kit>()) Add(kit);
    }
}
