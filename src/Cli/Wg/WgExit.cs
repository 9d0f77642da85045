using System;

namespace Warren.Cli.Wg;

/// <summary>wg ends in the middle of reading: it has said why, and exits with 1 without a further word.</summary>
internal sealed class WgExit : Exception;
