using System;
using System.Collections.Generic;

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

    // Where each line begins; made when the first line is asked for.
    private List<int>? _starts;

    /// <summary>One line without its end, to show in a message; empty when there is no such line.</summary>
    /// <param name="number">From 1.</param>
    public ReadOnlySpan<char> Line(int number)
    {
        if (_starts is null)
        {
            _starts = [0];
            for (var at = Text.IndexOf('\n'); at >= 0; at = Text.IndexOf('\n', at + 1))
                _starts.Add(at + 1);
        }

        if (number < 1 || number > _starts.Count)
            return default;
        var end = number < _starts.Count ? _starts[number] - 1 : Text.Length;
        return Text.AsSpan(_starts[number - 1], end - _starts[number - 1]).TrimEnd('\r');
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
