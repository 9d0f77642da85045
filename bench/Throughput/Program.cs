using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Warren.Bench.Throughput;
using Warren.Lab;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    if (args.Contains("--help"))
    {
        Console.WriteLine("""
            usage: bench/compare [--rounds N] [--seconds S] [--mtu-sized]

            Measures Warren's engine beside wireguard-go in one run, alternating: one TCP stream (iperf3) between two nodes on a cable, both ends on
            this machine. --rounds: how often each is measured (3). --seconds: of each stream (5). --mtu-sized: no segmentation offload on the cable, as on a
            network card without it. The table shows medians; differences below 15 % from three rounds are noise.
            """);
        return 0;
    }

    var rounds = (int)Option("--rounds", 3);
    var duration = TimeSpan.FromSeconds(Option("--seconds", 5));
    var goEngine = LabTools.Find("wireguard-go") ?? throw new LabException("wireguard-go is missing: apt-get install wireguard-go");
    Contender[] contenders = [new("wireguard-go", goEngine, "-f"), new("warren", ProgramUnderTest.Require(), "engine")];
    var samples = contenders.ToDictionary(c => c, _ => new List<Sample>());
    for (var round = 1; round <= rounds; round++)
    {
        foreach (var contender in contenders)
        {
            var sample = Round.Run(contender, duration, offload: !args.Contains("--mtu-sized"));
            samples[contender].Add(sample);
            Console.WriteLine($"round {round}  {contender.Name,-13} {sample.Megabits,7:0} Mbit/s  {sample.ProcessorSecondsPerGigabyte,6:0.00} CPU s/GB  "
                + $"ping {sample.PingMicroseconds,5:0} µs  {sample.IdleMebibytes,6:0.0} → {sample.LoadedMebibytes,6:0.0} MiB");
        }
    }

    Console.WriteLine();
    Console.WriteLine($"medians of {rounds} rounds of {duration.TotalSeconds:0} s   {contenders[0].Name,14} {contenders[1].Name,10}      ratio");
    Row("one TCP stream, Mbit/s", s => s.Megabits);
    Row("CPU of both engines, s per GB", s => s.ProcessorSecondsPerGigabyte);
    Row("idle ping, median, µs", s => s.PingMicroseconds);
    Row("resident, idle, MiB", s => s.IdleMebibytes);
    Row("resident, after load, MiB", s => s.LoadedMebibytes);
    return 0;

    void Row(string title, Func<Sample, double> value)
    {
        var (first, second) = (Median(samples[contenders[0]].Select(value)), Median(samples[contenders[1]].Select(value)));
        Console.WriteLine($"{title,-32} {first,12:0.00} {second,10:0.00}  {second / first,8:0.00}");
    }
}
catch (LabException failure)
{
    Console.Error.WriteLine($"compare: {failure.Message}");
    return 1;
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

double Option(string name, double otherwise)
{
    var at = Array.IndexOf(args, name);
    if (at < 0) return otherwise;
    return at + 1 < args.Length && double.TryParse(args[at + 1], out var value) && value > 0
        ? value
        : throw new LabException($"{name} wants a positive number");
}
