using System;

namespace Warren.Config.Language;

/// <summary>A text and the name that people know it by: a file, or what was typed.</summary>
/// <param name="name">For messages, such as a path.</param>
/// <param name="text">All of it.</param>
public sealed class SourceText(string name, string text)
{
    /// <summary>What people call it.</summary>
    public string Name { get; } = name;

    /// <summary>All of it, as read.</summary>
    public string Text { get; } = text;

    /// <summary>One line without its end, to show in a message; empty when there is no such line.</summary>
    /// <param name="number">From 1.</param>
    public ReadOnlySpan<char> Line(int number)
    {
        var rest = Text.AsSpan();
        for (var line = 1; ; line++)
        {
            var end = rest.IndexOf('\n');
            if (line == number)
                return (end < 0 ? rest : rest[..end]).TrimEnd('\r');
            if (end < 0)
                return default;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
