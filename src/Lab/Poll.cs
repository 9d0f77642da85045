using System;
using System.Diagnostics;
using System.Threading;

namespace Warren.Lab;

/// <summary>Waits for conditions, bounded: nothing in a lab sleeps for a guessed time.</summary>
public static class Poll
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>Tries <paramref name="condition"/> until it holds; true when it did within <paramref name="bound"/>, false otherwise.</summary>
    public static bool Until(Func<bool> condition, TimeSpan bound)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var never = new ManualResetEventSlim();
        var clock = Stopwatch.StartNew();
        for (var pause = Shortest; ; pause = pause * 1.5 < Longest ? pause * 1.5 : Longest)
        {
            if (condition()) return true;
            if (clock.Elapsed >= bound) return false;
            never.Wait(pause);
        }
    }

    /// <summary>Like <see cref="Until"/>, but a condition that does not come true throws <see cref="LabException"/> naming it.</summary>
    /// <param name="what">The condition in words: "the hub answers a ping".</param>
    /// <param name="condition">Asked again and again, at least once.</param>
    /// <param name="bound">How long at most.</param>
    /// <param name="evidence">Text added to the exception: what was seen instead.</param>
    public static void WaitUntil(string what, Func<bool> condition, TimeSpan bound, Func<string>? evidence = null)
    {
        if (Until(condition, bound)) return;
        throw new LabException($"after {bound.TotalSeconds:0.#} s still not so: {what}{(evidence is null ? "" : "\n" + evidence())}");
    }
}
