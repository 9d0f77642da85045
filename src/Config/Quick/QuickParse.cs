using System.Collections.Generic;

namespace Warren.Config.Quick;

/// <summary>What reading a configuration gave.</summary>
/// <param name="Config">The configuration; where <paramref name="Problems"/> is not empty, without the values they are about.</param>
/// <param name="Problems">All of them, in the order of the file.</param>
public sealed record QuickParse(QuickConfig Config, IReadOnlyList<QuickProblem> Problems);
