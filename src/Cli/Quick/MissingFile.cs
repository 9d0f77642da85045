using System;
using System.IO;
using Warren.Config.Quick;

namespace Warren.Cli.Quick;

/// <summary>What a word was probably meant to be, when there is no file for it.</summary>
internal readonly record struct MissingFile(string Program, string Verb, string Word, string Folder)
{
    /// <summary>One line that says what to type instead.</summary>
    public string Hint
    {
        get
        {
            if (Word.EndsWith(".conf", StringComparison.Ordinal) && InterfaceName.IsValid(Word))
                return ForBareFile(Word[..^5]);
            if (InterfaceName.IsValid(Word))
                return File.Exists($"{Word}.conf")
                    ? $"for the file in this directory say `{Program} {Verb} ./{Word}.conf'"
                    : $"put the configuration there, or name a file: `{Program} {Verb} ./{Word}.conf'";
            var name = System.IO.Path.GetFileName(Word);
            if (name.EndsWith(".conf", StringComparison.Ordinal))
                name = name[..^5];
            return name.Length > InterfaceName.MaxLength
                ? $"the name of an interface has at most {InterfaceName.MaxLength} characters; `{name}' has {name.Length}"
                : $"say an interface, as `{Program} {Verb} wg0' for {Folder}/wg0.conf, or a file, as `{Program} {Verb} ./wg0.conf'";
        }
    }

    // `wg-quick up wg0.conf' is in many a guide, and means neither of the two things it could.
    private string ForBareFile(string name)
    {
        var installed = $"`{Program} {Verb} {name}' for {Folder}/{Word}";
        var local = $"`{Program} {Verb} ./{Word}' for the file in this directory";
        return (File.Exists($"{Folder}/{Word}"), File.Exists(Word)) switch
        {
            (true, false) => $"say {installed}",
            (false, true) => $"say {local}",
            _ => $"say {installed}, or {local}",
        };
    }
}
