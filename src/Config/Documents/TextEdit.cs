using Warren.Config.Language;

namespace Warren.Config.Documents;

/// <summary>One change of a text: characters that go, and what stands there instead.</summary>
/// <param name="Source">The text.</param>
/// <param name="Start">Offset of the first character that goes, in UTF-16 units.</param>
/// <param name="Length">How many go; 0 inserts.</param>
/// <param name="Text">What is written.</param>
public sealed record TextEdit(SourceText Source, int Start, int Length, string Text);
