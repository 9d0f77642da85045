using Warren.Config.Language;

namespace Warren.Fabric.Differences;

/// <summary>One change between two configurations.</summary>
/// <param name="Path">The element.</param>
/// <param name="Before">What it was; null where it is new.</param>
/// <param name="After">What it is; null where it is gone.</param>
public sealed record Change(ConfigPath Path, ConfigNode? Before, ConfigNode? After);
