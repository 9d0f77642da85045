using System.IO;

namespace Warren.Examples.TwoSites;

/// <summary>What the demonstration prints: numbered steps, commands as they were typed, and their output.</summary>
internal sealed class Transcript(TextWriter writer, bool colour)
{
    private int step;

    public bool Colour => colour;

    public TextWriter Writer => writer;

    public void Step(string title)
    {
        writer.WriteLine();
        writer.WriteLine(Styled("1", $"{++step}  {title}"));
    }

    public void Command(string host, string command) => writer.WriteLine($"   {Styled("32", host)}# {Styled("1", command)}");

    public void Output(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n')) writer.WriteLine(line.Length == 0 ? "" : $"     {line}");
    }

    public void Note(string text) => writer.WriteLine($"   {Styled("2", text)}");

    public void Line(string what, string seen) => writer.WriteLine($"   {what.PadRight(46)} {seen}");

    private string Styled(string style, string text) => colour ? $"\e[{style}m{text}\e[0m" : text;
}
