namespace Warren.Lab.Tests;

/// <summary>Who is left and who is right: the left side starts the first handshake.</summary>
public sealed class Mixes : TheoryData<Kit, Kit>
{
    public Mixes()
    {
        Add(Kit.Debian, Kit.Debian);
        Add(Kit.Warren, Kit.Debian);
        Add(Kit.Debian, Kit.Warren);
        Add(Kit.Warren, Kit.Warren);
    }
}
