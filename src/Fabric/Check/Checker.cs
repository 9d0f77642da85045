using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Documents;
using Warren.Fabric.Validation;

namespace Warren.Fabric.Check;

/// <summary>The door of <c>warren check</c>: files in, reasons why they do not work or will surprise out. Reads any text, changes nothing.</summary>
public static class Checker
{
    // Rules of authorities that say what a rule of this room says of any configuration.
    private static readonly FrozenSet<string> Told = new[] { "tenant-reaches-nothing", "allowed-ip-shared", "allowed-ip-nested", "duplicate-public-key" }.ToFrozenSet();

    /// <summary>Reads all files, puts them together and holds them against every rule. The cost grows linearly with what is read.</summary>
    public static CheckReport Check(IReadOnlyList<CheckedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var survey = SurveyBuilder.Build(files);
        var remarks = new Remarks();
        foreach (var document in survey.Documents)
        {
            remarks.Add(document.Remarks);

            // A whole authority is held against its own rules too; what an article shows of one is a part.
            if (document is { Authority: { } authority, IsProse: false })
                remarks.Add(Validator.Validate(authority).Where(finding => !Told.Contains(finding.Rule)).Select(finding => new Remark(finding)));
        }

        foreach (var rule in RuleTable.Rules)
            rule.Check(survey, remarks);
        var order = new Dictionary<string, int>();
        foreach (var file in files)
            order.TryAdd(file.Source.Name, order.Count);
        var filter = new SecretFilter(survey);
        var sorted = remarks.All.Select(filter.Clean)
            .DistinctBy(remark => (remark.Finding.Rule, remark.Finding.Position, remark.Finding.Message))
            .OrderBy(remark => remark.Finding.Position.Source is { } source ? order.GetValueOrDefault(source.Name, int.MaxValue) : int.MaxValue)
            .ThenBy(remark => remark.Finding.Position.Line).ThenBy(remark => remark.Finding.Position.Column);
        return new CheckReport([.. sorted], survey.Documents.Sum(document => document.Tunnels.Count), survey.Hosts.Count(host => !host.First.IsFragment),
            survey.Networks.Count(network => network.Hosts.Exists(host => !host.First.IsFragment)));
    }

    /// <summary>The text with the changes that its findings carry: errors and warnings, each place once. Remarks that only inform change nothing.</summary>
    /// <returns>The new text, and how many changes it has.</returns>
    public static (string Text, int Changes) Fix(CheckedFile file, IEnumerable<Remark> remarks)
    {
        ArgumentNullException.ThrowIfNull(file);
        var text = file.Source.Text;
        var changes = 0;
        var limit = int.MaxValue;
        var edits = remarks.Where(remark => remark.Finding.Severity > Severity.Info && remark.Edit is not null).Select(remark => remark.Edit!)
            .Where(edit => ReferenceEquals(edit.Source, file.Source)).Distinct();
        foreach (var edit in edits.OrderByDescending(edit => edit.Start).ThenByDescending(edit => edit.Length))
        {
            var isInsertion = edit.Length == 0;
            if (edit.Start + edit.Length > limit || (!isInsertion && edit.Start == limit))
                continue;
            text = string.Concat(text.AsSpan(0, edit.Start), edit.Text, text.AsSpan(edit.Start + edit.Length));
            limit = edit.Start;
            changes++;
        }

        return (text, changes);
    }
}
