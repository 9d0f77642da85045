using System;
using System.Collections.Generic;
using System.Globalization;

namespace Warren.Config.Language;

/// <summary>A whole number in a range, or one of some words that stand for a number.</summary>
public sealed class IntegerType : LeafType<long>
{
    private static readonly object[] Small = MakeSmall();

    private readonly long _least;
    private readonly long _most;
    private readonly (string Word, long Value)[] _words;

    /// <summary>Declares a range.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="least">The least.</param>
    /// <param name="most">The most.</param>
    /// <param name="unit">What is counted, as " ms"; empty for a bare number.</param>
    /// <param name="words">Words that stand for numbers outside of the range.</param>
    public IntegerType(string name, long least, long most, string unit = "", params (string Word, long Value)[] words)
        : base(name, Describe(least, most, unit, words)) => (_least, _most, _words, Options) = (least, most, words, Array.ConvertAll(words, word => word.Word));

    /// <summary>A port of TCP or UDP: 0 to 65535.</summary>
    public static IntegerType Port { get; } = new("l4-port", 0, 65535);

    /// <summary>A length of a prefix.</summary>
    public static IntegerType PrefixLength { get; } = new("prefix-length", 0, 128);

    /// <summary>A differentiated services code point.</summary>
    public static IntegerType Dscp { get; } = new("dscp", 0, 63);

    /// <summary>A length of time in milliseconds.</summary>
    public static IntegerType Milliseconds { get; } = new("milliseconds", 0, 4_294_967_295, " ms");

    /// <summary>A number that may be without limit (-1).</summary>
    public static IntegerType Limit { get; } = new("limit", 0, 999_999_999_999, "", ("unlimited", -1));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Options { get; }

    /// <inheritdoc/>
    public override string JsonType => "integer";

    /// <inheritdoc/>
    public override int Compare(object? left, object? right) => Comparer<long>.Default.Compare((long)(left ?? 0L), (long)(right ?? 0L));

    private protected override string? Read(string text, out long value, out string canonical)
    {
        canonical = text;
        foreach (var (word, number) in _words)
        {
            if (text == word)
            {
                value = number;
                return null;
            }
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) || value < _least || value > _most)
            return $"\"{(text.Length > 40 ? text[..40] + "…" : text)}\" is not {Description}";
        if (text.Length > 1 && (text[0] is '0' or '+' or '-'))
            canonical = value.ToString(CultureInfo.InvariantCulture);
        return null;
    }

    private protected override object Box(long value) => value is >= -1 and < 1024 ? Small[value + 1] : value;

    private static object[] MakeSmall()
    {
        var small = new object[1025];
        for (var i = 0; i < small.Length; i++)
            small[i] = (long)(i - 1);
        return small;
    }

    private static string Describe(long least, long most, string unit, (string Word, long Value)[] words)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}{unit}");
        foreach (var (word, _) in words)
            range += $" or {word}";
        return range;
    }
}
