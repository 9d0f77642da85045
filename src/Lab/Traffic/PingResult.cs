using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Warren.Lab.Traffic;

/// <summary>What a run of <c>ping</c> saw.</summary>
/// <param name="Sent">Echo requests whose answers count.</param>
/// <param name="RoundTrips">The round trip of each answer, in the order of arrival.</param>
/// <param name="Text">What ping printed, for messages.</param>
public sealed partial record PingResult(int Sent, IReadOnlyList<TimeSpan> RoundTrips, string Text)
{
    /// <summary>Answers that came.</summary>
    public int Received => RoundTrips.Count;

    /// <summary>True when every request was answered.</summary>
    public bool AllAnswered => Sent > 0 && Received == Sent;

    /// <summary>The middle round trip; <see cref="TimeSpan.Zero"/> when nothing was answered.</summary>
    public TimeSpan Median => Received == 0 ? TimeSpan.Zero : RoundTrips.Order().ElementAt(Received / 2);

    /// <summary>"3 of 3 answered".</summary>
    public override string ToString() => $"{Received} of {Sent} answered";

    internal static PingResult Parse(int count, string text) => new(
        count,
        [.. ReplyLine().Matches(text)
            .Where(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) <= count)
            .Select(m => TimeSpan.FromMilliseconds(double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)))],
        text);

    [GeneratedRegex(@"bytes from .* icmp_seq=(\d+) .*time=([0-9.]+) ms$", RegexOptions.Multiline)]
    private static partial Regex ReplyLine();
}
