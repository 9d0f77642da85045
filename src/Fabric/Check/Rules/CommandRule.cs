using System;
using System.Text.RegularExpressions;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>Commands of a document that do not do what it says.</summary>
internal sealed partial class CommandRule() : CheckRule("command", "a command in the text does not do what is meant")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var document in survey.Documents)
        {
            var umask = 0;
            foreach (var command in document.Facts.Commands)
            {
                if (command.Text.StartsWith("umask", StringComparison.Ordinal))
                    umask = command.Position.Line;
                else if (FileArgument().Match(command.Text) is { Success: true } file)
                    TellFile(command, file, remarks);
                else if (umask == 0 && KeyFile().Match(command.Text) is { Success: true } key)
                    TellKey(command, key.Groups["file"].Value, remarks);
            }

            foreach (var path in document.Facts.Paths)
            {
                if (path.Text != "/etc/wireguard")
                {
                    remarks.Warning(this, path.Position, $"{path} is not where wg-quick looks: names of files tell capitals from small letters", "/etc/wireguard", path.ReplaceWith("/etc/wireguard"));
                }
            }
        }
    }

    private void TellFile(Written command, Match file, Remarks remarks)
    {
        var name = file.Groups["name"].Value;
        remarks.Error(this, command.Position, $"wg-quick takes {name}.conf as the name of an interface and looks for /etc/wireguard/{name}.conf.conf, which is not there",
            $"wg-quick {file.Groups["verb"].Value} {name}", new TextEdit(command.Position.Source!, command.Start + file.Groups["suffix"].Index, ".conf".Length, ""));
    }

    private void TellKey(Written command, string file, Remarks remarks) =>
        remarks.Warning(this, command.Position, $"{file} gets the private key and, with the usual umask, may be read by everybody on the machine", $"umask 077; {command}",
            new TextEdit(command.Position.Source!, command.Start, 0, "umask 077; "));

    [GeneratedRegex(@"^wg-quick\s+(?<verb>up|down|save|strip)\s+(?<name>[A-Za-z0-9_=+.-]{1,10})(?<suffix>\.conf)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex FileArgument();

    [GeneratedRegex(@"^wg\s+genkey\s*(?:\|\s*(?:sudo\s+)?tee\s+|>\s*)(?<file>[\w./-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex KeyFile();
}
