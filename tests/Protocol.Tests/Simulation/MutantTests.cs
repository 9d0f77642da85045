using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Warren.Protocol.Tests.Simulation;

/// <summary>A simulation that finds nothing in a broken protocol proves nothing of a whole one: each mistake must be
/// seen.</summary>
[Trait("Category", "Simulation")]
public sealed class MutantTests(MutantTests.Trials trials, ITestOutputHelper log) : IClassFixture<MutantTests.Trials>
{
    public static TheoryData<string> Names => new(Mutants.All.Select(mutant => mutant.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_simulation_sees(string mistake)
    {
        var mutant = Mutants.All.Single(mutant => mutant.Name == mistake);
        var (exitCode, output) = await trials.Of(mistake);
        log.WriteLine(output);
        Assert.True(exitCode == 1, $"""the simulation did not see "{mistake}" (exit code {exitCode}): {output}""");
        Assert.Contains(mutant.Verdict, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_protocol_as_it_is_passes()
    {
        var (exitCode, output) = await trials.Of(Trials.Control);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>All trials, begun at once and run as many at a time as there are processors.</summary>
    public sealed class Trials : IDisposable
    {
        internal const string Control = "";
        private const int Hours = 12;

        private static readonly ulong[] Seeds = [1, 2, 3, 4];

        private readonly MutantWorkshop _workshop = new();
        private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);
        private readonly Dictionary<string, Task<(int ExitCode, string Output)>> _trials;

        public Trials() => _trials = Mutants.All.Prepend(null).ToDictionary(mutant => mutant?.Name ?? Control, Try);

        public void Dispose()
        {
            _workshop.Dispose();
            _processors.Dispose();
        }

        internal Task<(int ExitCode, string Output)> Of(string mistake) => _trials[mistake];

        private async Task<(int ExitCode, string Output)> Try(Mutant? mutant)
        {
            await _processors.WaitAsync();
            try
            {
                return await _workshop.Try(mutant, Hours, Seeds);
            }
            finally
            {
                _processors.Release();
            }
        }
    }
}
