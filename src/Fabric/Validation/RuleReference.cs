using System.Globalization;
using System.Text;
using Warren.Config.Language;

namespace Warren.Fabric.Validation;

/// <summary>Writes the list of rules, as Markdown.</summary>
public static class RuleReference
{
    /// <summary>All rules with severity and reason.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("""
            # Rules of validation

            Generated from the rules; `warren config rules` prints it. All rules run, and all findings are reported at once, each with the place, the way to its element and, where there is one, the
            line to write. An *error* refuses a commit: of one router's part, for that router alone. A *warning* and an *info* do not.

            | rule | severity | what it asks for |
            |---|---|---|

            """);
        foreach (var rule in Validator.Rules)
            text.Append(CultureInfo.InvariantCulture, $"| `{rule.Id}` | {Finding.Word(rule.Severity)} | {rule.Summary} |\n");
        text.Append("| `expectation` | error | What `expect` says holds, over all addresses, ports and both families. |\n");
        text.Append("| `plan-too-large`, `too-many-interfaces` | error | The kernel can carry what is asked for. |\n");
        return text.ToString();
    }
}
