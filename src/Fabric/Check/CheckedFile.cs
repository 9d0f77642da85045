using Warren.Config.Language;

namespace Warren.Fabric.Check;

/// <summary>A file to be checked.</summary>
/// <param name="Source">Its name and its text.</param>
/// <param name="Permissions">The nine permission bits, such as octal 0644; null when it is no file.</param>
public sealed record CheckedFile(SourceText Source, int? Permissions = null);
