using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Ports from one to another, both included.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Position">Where it is written.</param>
public readonly record struct PortRange(ushort From, ushort To, SourcePosition Position)
{
    /// <summary>All of them, written nowhere.</summary>
    public static PortRange All { get; } = new(0, ushort.MaxValue, default);

    /// <summary>"80", "80-90", or "any".</summary>
    public override string ToString() => From == 0 && To == ushort.MaxValue ? "any" : From == To ? $"{From}" : $"{From}-{To}";
}
