using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using Warren.Config.Language;

namespace Warren.Config.Documents;

/// <summary>What the readers of all forms share: values to types, and a remark for each that is none.</summary>
internal sealed class TunnelBuilder(SourceText source, bool isInProse, List<Remark> remarks)
{
    private static readonly SearchValues<char> Brackets = SearchValues.Create("<>{}$…_");

    internal SourceText Source => source;

    internal bool IsInProse => isInProse;

    internal void Remark(string rule, Severity severity, string message, SourcePosition position, string? fix = null, TextEdit? edit = null) =>
        remarks.Add(new Remark(new Finding(rule, severity, message) { Position = position, Fix = fix }, edit));

    /// <summary>The items of a list, each in its place.</summary>
    internal static IEnumerable<Written> Split(Written list, char separator)
    {
        for (var start = 0; start <= list.Text.Length;)
        {
            var end = list.Text.IndexOf(separator, start);
            if (end < 0)
                end = list.Text.Length;
            var item = list.Slice(start, end - start).Trim();
            if (item.Text.Length > 0)
                yield return item;
            start = end + 1;
        }
    }

    /// <summary>Addresses or allowed IPs.</summary>
    internal void Prefixes(List<WrittenPrefix> into, Written list, string name, char separator = ',', bool takesChanges = false)
    {
        foreach (var item in Split(list, separator))
        {
            var place = takesChanges && item.Text[0] is '+' or '-' ? item.Slice(1, item.Text.Length - 1) : item;
            if (WrittenPrefix.TryRead(place, out var prefix))
                into.Add(prefix);
            else if (!IsPlaceholder(place.Text))
                Remark("address-unreadable", Severity.Error, $"{name} has \"{place.Text}\", which is no IP address or prefix: the interface does not come up", place.Position,
                    $"{name} = ADDRESS/LENGTH, such as 10.0.0.2/32");
        }
    }

    /// <summary>A whole number in a range, or null with a remark.</summary>
    internal int? Number(Written value, string name, int least, int most, string consequence)
    {
        if (int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        if (!IsPlaceholder(value.Text))
            Remark("setting-unreadable", Severity.Error, $"{name} is \"{value.Text}\", not a number from {least} to {most}: {consequence}", value.Position, $"{name} = NUMBER");
        return null;
    }

    /// <summary>Says why a key is none.</summary>
    internal void Key(WrittenKey key, string name)
    {
        var problem = key.Fault switch
        {
            KeyFault.Empty => "is empty",
            KeyFault.TooShort => $"has {key.Length} characters, a key has 44: it was cut short",
            KeyFault.TooLong => $"has {key.Length} characters, a key has 44: something was pasted with it",
            KeyFault.Hexadecimal => "is hexadecimal; configuration files have keys in base64",
            KeyFault.NotBase64 => "has 44 characters that are not the base64 of 32 bytes: some were mistyped",
            KeyFault.Placeholder when !isInProse => "is still a placeholder",
            _ => null,
        };
        if (problem is null)
            return;
        var fix = key.IsSecret ? $"{name} = the key as wg {(name == "PresharedKey" ? "genpsk" : "genkey")} printed it" : $"{name} = the key as wg pubkey printed it on that host";
        Remark("key-unreadable", Severity.Error, $"{name} {problem}", key.Position, fix);
    }

    /// <summary>An endpoint; a remark when the port is no number.</summary>
    internal static WrittenEndpoint? Endpoint(Written value) => value.Text.Length == 0 || IsPlaceholder(value.Text) ? null : WrittenEndpoint.Read(value);

    /// <summary>A setting whose name is none; where it belongs when it is another section's.</summary>
    internal void Unknown(IniSetting setting, string section, IReadOnlyList<string> here, string other, IReadOnlyList<string> there)
    {
        foreach (var name in there)
        {
            if (!setting.Is(name))
                continue;
            Remark("setting-misplaced", Severity.Error, $"{name} stands in [{section}], but is a setting of [{other}]: wg refuses the file", setting.Name.Position, $"move the line under [{other}]");
            return;
        }

        var near = Spelling.Nearest(setting.Name.Text, Lower(here)) is { } word ? Original(here, word) : null;
        Remark("setting-unknown", Severity.Error, $"[{section}] has no setting {Shown(setting.Name.Text)}: wg refuses the file", setting.Name.Position,
            near is null ? "remove the line" : $"write {near}", near is null ? null : setting.Name.ReplaceWith(near));
    }

    internal static bool IsPlaceholder(string text) =>
        text.AsSpan().ContainsAny(Brackets) || text.Contains("...", StringComparison.Ordinal) || text.Contains(".x", StringComparison.OrdinalIgnoreCase);

    // What may be a key is not repeated.
    internal static string Shown(string text) => text.Length <= 24 ? $"\"{text}\"" : "of that name";

    private static List<string> Lower(IReadOnlyList<string> words)
    {
        var lower = new List<string>(words.Count);
        foreach (var word in words)
            lower.Add(word.ToLowerInvariant());
        return lower;
    }

    private static string? Original(IReadOnlyList<string> words, string lower)
    {
        foreach (var word in words)
        {
            if (string.Equals(word, lower, StringComparison.OrdinalIgnoreCase))
                return word;
        }

        return null;
    }
}
