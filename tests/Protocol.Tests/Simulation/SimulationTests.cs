using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Warren.Testing.Simulation;

namespace Warren.Protocol.Tests.Simulation;

/// <summary>
/// The protocol on hostile networks, in virtual time. WARREN_SIM_SEED=0x… runs one seed again, exactly;
/// WARREN_SIM_LOG=file tells of it what happened, line by line. WARREN_SIM_SEEDS=n runs the first n instead of the
/// usual number.
/// </summary>
[Trait("Category", "Simulation")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int UsualSeeds = 100;

    private static readonly TimeSpan Length = TimeSpan.FromHours(24);

    [Fact]
    public void Every_property_holds_on_every_network()
    {
        var seeds = Seeds();
        var path = Environment.GetEnvironmentVariable("WARREN_SIM_LOG");
        using var log = seeds.Length == 1 && !string.IsNullOrEmpty(path) ? new StreamWriter(path) : null;
        var clock = Stopwatch.StartNew();
        var reports = new ConcurrentBag<SimulationReport>();
        var failures = new ConcurrentBag<SimulationException>();
        Parallel.ForEach(Partitioner.Create(seeds, EnumerablePartitionerOptions.NoBuffering), seed =>
        {
            try
            {
                reports.Add(Warren.Testing.Simulation.Simulation.Run(seed, Length, log));
            }
            catch (SimulationException failure)
            {
                failures.Add(failure);
            }
        });

        long Sum(Func<SimulationReport, long> what) => reports.Sum(what);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {seeds.Length} networks, {reports.Sum(report => report.Simulated.TotalHours):F0} simulated hours
            in {clock.Elapsed.TotalSeconds:F1} s, {Sum(report => report.Events)} events
            {Sum(report => report.Datagrams)} datagrams, {Sum(report => report.Initiations)} initiations
            ({Sum(report => report.Retries)} retries), {Sum(report => report.Sessions)} sessions,
            {Sum(report => report.CookieReplies)} cookie replies
            {Sum(report => report.Packets)} packets, {Sum(report => report.Delivered)} delivered,
            {Sum(report => report.Promised)} promised, {Sum(report => report.Excused)} of these excused
            {Sum(report => report.Moves)} moves of an endpoint, {Sum(report => report.Attacks)} attacks
            """));
        Assert.True(failures.IsEmpty, $"""
            {failures.Count} of {seeds.Length} networks failed; run one again with WARREN_SIM_SEED=<seed>:
            {string.Join('\n', failures.Select(failure => failure.Message).Order(StringComparer.Ordinal))}
            """);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0xFEDCBA9876543210)]
    public void A_seed_replays_exactly(ulong seed)
    {
        var once = Warren.Testing.Simulation.Simulation.Run(seed, TimeSpan.FromHours(3));
        var again = Warren.Testing.Simulation.Simulation.Run(seed, TimeSpan.FromHours(3));
        Assert.Equal(once, again);
        Assert.NotEqual(once.TraceHash, Warren.Testing.Simulation.Simulation.Run(seed + 1, TimeSpan.FromHours(3)).TraceHash);
    }

    private static ulong[] Seeds()
    {
        if (Environment.GetEnvironmentVariable("WARREN_SIM_SEED") is { Length: > 0 } one)
        {
            return [one.StartsWith("0x", StringComparison.Ordinal)
                ? ulong.Parse(one.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : ulong.Parse(one, CultureInfo.InvariantCulture)];
        }

        var count = Environment.GetEnvironmentVariable("WARREN_SIM_SEEDS") is { Length: > 0 } many
            ? int.Parse(many, CultureInfo.InvariantCulture)
            : UsualSeeds;
        return [.. Enumerable.Range(1, count).Select(number => (ulong)number)];
    }
}
