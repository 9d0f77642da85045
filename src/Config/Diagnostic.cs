namespace Warren.Config;

/// <summary>One finding about a text.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What it is: where wg has a text for it, that text to the byte. May quote what was typed.</param>
/// <param name="Position">Where; the default for something that is not there.</param>
public sealed record Diagnostic(Severity Severity, string Message, TextPosition Position = default);
