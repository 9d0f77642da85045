using System;
using System.IO;
using System.Reflection;

namespace Warren.Cli;

/// <summary><c>warren VERB …</c>: finds the verb, or helps.</summary>
internal static class WarrenProgram
{
    internal static int Run(Invocation invocation)
    {
        if (invocation.Arguments.Count == 0)
        {
            WriteHelp(invocation.Output);
            return 0;
        }

        switch (invocation.Arguments[0])
        {
            case "-h" or "--help" or "help":
                WriteHelp(invocation.Output);
                return 0;
            case "-v" or "--version" or "version":
                invocation.Output.Write($"warren {Version}\n");
                return 0;
            case var word when VerbTable.FindVerb(word) is { } verb:
                return verb.Example is not null && invocation.Arguments is [_, "-h" or "--help"]
                    ? WriteHelp(invocation.Output, verb)
                    : verb.Run(invocation.WithVerb());
            case var word:
                invocation.Error.Write($"warren: there is no verb `{word}'.");
                if (Nearest(word) is { } meant)
                    invocation.Error.Write($" Did you mean `{meant}'?");
                invocation.Error.Write(" `warren --help' lists them all.\n");
                return 1;
        }
    }

    internal static string Version =>
        typeof(WarrenProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static void WriteHelp(TextWriter output)
    {
        output.Write("""
            warren: WireGuard networks, made, run and explained.

            Usage: warren <verb> [<arguments>]


            """);
        var width = 0;
        foreach (var verb in VerbTable.Verbs)
            width = Math.Max(width, verb.Name.Length + 1 + verb.Arguments.Length);
        foreach (var verb in VerbTable.Verbs)
            output.Write($"  {(verb.Name + " " + verb.Arguments).PadRight(width)}  {verb.Summary}\n");
        output.Write("""

            A pair of keys:        warren genkey | tee private.key | warren pubkey
            What is up:            warren show
            Add a peer:            warren set wg0 peer KEY endpoint 192.0.2.1:51820 allowed-ips 10.0.0.2/32

            Called as wg, wg-quick or wireguard-go (a symlink's name), warren behaves as that program.

            """);
    }

    private static int WriteHelp(TextWriter output, Verb verb)
    {
        output.Write($"Usage: {$"warren {verb.Name} {verb.Arguments}".TrimEnd()}\n\n{verb.Summary}\n\nExample:\n  {verb.Example}\n");
        output.Write("\nThe exit code is 0, or 1 when anything was refused. wg(8) describes every word.\n");
        return 0;
    }

    /// <summary>The verb at most two single-letter mistakes away, or null.</summary>
    private static string? Nearest(string word)
    {
        string? nearest = null;
        var least = 3;
        foreach (var verb in VerbTable.Verbs)
        {
            var distance = Distance(word, verb.Name);
            if (distance < least)
                (nearest, least) = (verb.Name, distance);
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, 1 + Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
