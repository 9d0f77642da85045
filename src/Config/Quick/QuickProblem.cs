namespace Warren.Config.Quick;

/// <summary>Why a configuration cannot be used, found before anything is changed.</summary>
/// <param name="Line">Line number in the file, from 1.</param>
/// <param name="Message">One sentence, without the file's name. wg-quick's own text where it has one.</param>
/// <param name="IsUpstreamText">True when wg-quick prints exactly this, so nothing is put in front of it.</param>
public sealed record QuickProblem(int Line, string Message, bool IsUpstreamText = false);
