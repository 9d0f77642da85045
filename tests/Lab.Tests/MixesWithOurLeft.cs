namespace Warren.Lab.Tests;

/// <summary>As <see cref="Mixes"/>, for what Debian's engine cannot do on the left side.</summary>
public sealed class MixesWithOurLeft : TheoryData<Kit, Kit>
{
    public MixesWithOurLeft()
    {
        Add(Kit.Warren, Kit.Debian);
        Add(Kit.Warren, Kit.Warren);
    }
}
