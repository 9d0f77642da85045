using Warren.Config.Language;

namespace Warren.Config.Documents;

/// <summary>A finding, and the change of the text that its fix is, where there is one answer.</summary>
/// <param name="Finding">What is wrong, where, and what to write instead.</param>
/// <param name="Edit">The change; null when a person has to decide.</param>
public sealed record Remark(Finding Finding, TextEdit? Edit = null);
