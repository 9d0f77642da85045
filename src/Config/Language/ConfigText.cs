using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>What a text says, and what is wrong with it.</summary>
/// <param name="Root">All that could be read.</param>
/// <param name="Findings">What could not, in the order of the text.</param>
public sealed record ConfigText(ConfigNode Root, IReadOnlyList<Finding> Findings);
