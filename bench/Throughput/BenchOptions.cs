using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Warren.Bench.Throughput;

/// <summary>What is measured, and how long.</summary>
internal sealed record BenchOptions
{
    /// <summary>What Warren's own engine is called.</summary>
    public const string OwnName = "warren";

    /// <summary>The parts that may be asked for by name.</summary>
    public static readonly IReadOnlyList<string> Parts = ["tcp", "udp", "rtt", "memory", "peers", "handshakes", "idle"];

    /// <summary>Engines beside Warren's own; empty: Debian's wireguard-go.</summary>
    public IReadOnlyList<Contender> Others { get; init; } = [];

    /// <summary>How often each is measured; default 5.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Of each TCP stream; default 5 s.</summary>
    public TimeSpan Stream { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Of the idle measurement, once per engine; default 60 s, zero for none.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Of <see cref="Parts"/>.</summary>
    public IReadOnlyList<string> Only { get; init; } = Parts;

    /// <summary>The cable carries packets of its MTU only, as a card without segmentation offload.</summary>
    public bool MtuSized { get; init; }

    /// <summary>Fewer trials and smaller numbers: to see that it works.</summary>
    public bool Quick { get; init; }

    /// <summary>Where JSON goes: a file, "-" for standard output, null for nowhere.</summary>
    public string? Json { get; init; }

    public bool Wants(string part) => Only.Contains(part);

    /// <summary>Reads the words behind <c>bench</c>; null, and what is wrong, when they cannot be understood.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> words, out string fault)
    {
        // Before the others, so that what they say holds wherever --quick stands.
        var options = words.Contains("--quick")
            ? new BenchOptions { Quick = true, Rounds = 1, Stream = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromSeconds(1) }
            : new BenchOptions();
        fault = "";
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            switch (word)
            {
                case "--mtu-sized":
                    options = options with { MtuSized = true };
                    continue;
                case "--quick":
                    continue;
                case "--json" when i + 1 == words.Count || words[i + 1].StartsWith("--", StringComparison.Ordinal):
                    options = options with { Json = "-" };
                    continue;
            }

            if (word is not ("--engine" or "--rounds" or "--seconds" or "--idle-seconds" or "--only" or "--json"))
            {
                fault = $"Unknown word: `{word}'.";
                return null;
            }

            if (++i == words.Count || words[i].Length == 0)
            {
                fault = $"`{word}' needs a value.";
                return null;
            }

            if (With(options, word, words[i], out fault) is not { } changed)
                return null;
            options = changed;
        }

        return options;
    }

    private static BenchOptions? With(BenchOptions options, string word, string value, out string fault)
    {
        fault = "";
        switch (word)
        {
            case "--engine" when Contender.Parse(value) is { } contender:
                if (contender.Name is OwnName || contender.Name == Contender.Cable.Name || options.Others.Any(other => other.Name == contender.Name))
                {
                    fault = $"Two engines are called `{contender.Name}': give each a name of its own.";
                    return null;
                }

                return options with { Others = [.. options.Others, contender] };
            case "--engine":
                fault = $"An engine is NAME=COMMAND with {{if}} where the interface's name goes: `{value}' is not.";
                return null;
            case "--rounds" when TryNumber(value, 1, 100, out var rounds):
                return options with { Rounds = rounds };
            case "--seconds" when TryNumber(value, 1, 600, out var seconds):
                return options with { Stream = TimeSpan.FromSeconds(seconds) };
            case "--idle-seconds" when TryNumber(value, 0, 3600, out var idle):
                return options with { Idle = TimeSpan.FromSeconds(idle) };
            case "--only":
                var parts = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                if (parts.Length > 0 && parts.FirstOrDefault(part => !Parts.Contains(part)) is not { } unknown)
                    return options with { Only = parts };
                fault = $"--only takes some of {string.Join(", ", Parts)}: `{value}' is not.";
                return null;
            case "--json":
                return options with { Json = value };
            default:
                fault = $"`{value}' is no value for {word}: --rounds 1 to 100, --seconds 1 to 600, --idle-seconds 0 to 3600, whole numbers.";
                return null;
        }
    }

    // Whole numbers: iperf3 would cut off the fraction of a duration.
    private static bool TryNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
