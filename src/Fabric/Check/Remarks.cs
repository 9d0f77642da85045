using System.Collections.Generic;
using Warren.Config;
using Warren.Config.Documents;
using Warren.Config.Language;

namespace Warren.Fabric.Check;

/// <summary>Takes what rules find.</summary>
internal sealed class Remarks
{
    private readonly List<Remark> _all = [];

    internal IReadOnlyList<Remark> All => _all;

    internal void Add(IEnumerable<Remark> remarks) => _all.AddRange(remarks);

    internal void Error(CheckRule rule, SourcePosition at, string message, string? fix, TextEdit? edit = null, SourcePosition other = default) =>
        Add(rule, Severity.Error, at, message, fix, edit, other);

    internal void Warning(CheckRule rule, SourcePosition at, string message, string? fix, TextEdit? edit = null, SourcePosition other = default) =>
        Add(rule, Severity.Warning, at, message, fix, edit, other);

    internal void Info(CheckRule rule, SourcePosition at, string message, string? fix = null, SourcePosition other = default) =>
        Add(rule, Severity.Info, at, message, fix, null, other);

    internal void Add(CheckRule rule, Severity severity, SourcePosition at, string message, string? fix, TextEdit? edit = null, SourcePosition other = default) =>
        _all.Add(new Remark(new Finding(rule.Id, severity, message) { Position = at, Fix = fix, Other = other }, edit));

    /// <summary>"file:line", for the second place of a message.</summary>
    internal static string At(SourcePosition position) => $"{position.Source?.Name}:{position.Line}";
}
