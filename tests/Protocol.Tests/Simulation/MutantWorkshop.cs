using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Warren.Protocol.Tests.Simulation;

/// <summary>
/// Builds the sources of Protocol, as they are or with one mistake, together with those of the simulation, by the SDK's
/// own compiler, and runs the simulation on the result in a process of its own. Production code has no hooks for this.
/// </summary>
internal sealed class MutantWorkshop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Program = """
        using System;
        using Warren.Testing.Simulation;
        var length = TimeSpan.FromHours(int.Parse(args[0]));
        foreach (var seed in args[1..])
        {
            try
            {
                Simulation.Run(ulong.Parse(seed), length);
            }
            catch (SimulationException failure)
            {
                Console.WriteLine(failure.Message);
                return 1;
            }
        }
        return 0;
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("warren-mutants-");

    /// <summary>Exit code and output of the simulation over these seeds; a null mutant is the protocol as it
    /// is.</summary>
    internal async Task<(int ExitCode, string Output)> Try(Mutant? mutant, int hours, IEnumerable<ulong> seeds)
    {
        var workplace = _directory.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var assembly = Path.Combine(workplace, "Mutant.dll");
        var built = await Run([CompilerPath(), .. CompilerArguments(mutant, workplace, assembly)]);
        Assert.True(built.ExitCode == 0, $"the mutant does not compile:\n{built.Output}");
        var runtime = Path.Combine(AppContext.BaseDirectory, "Warren.Protocol.Tests.runtimeconfig.json");
        return await Run(["--runtimeconfig", runtime, assembly, $"{hours}", .. seeds.Select(seed => $"{seed}")]);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static IEnumerable<string> CompilerArguments(Mutant? mutant, string workplace, string assembly)
    {
        var response = Path.Combine(workplace, "Mutant.rsp");
        File.WriteAllLines(response, (IEnumerable<string>)[
            "-nologo", "-nostdlib", "-target:exe", "-optimize+", "-nullable:enable", "-langversion:latest", "-debug-",
            $"-out:\"{assembly}\"",
            .. References().Select(reference => $"-r:\"{reference}\""),
            .. Sources(mutant, workplace).Select(source => $"\"{source}\"")]);
        return ["-noconfig", $"@{response}"];
    }

    private static IEnumerable<string> Sources(Mutant? mutant, string workplace)
    {
        var root = RepositoryRoot();
        var protocol = Path.Combine(root, "src", "Protocol");
        var program = Path.Combine(workplace, "Program.cs");
        File.WriteAllText(program, Program);
        yield return program;
        var simulation = Path.Combine(root, "tests", "Testing", "Simulation");
        foreach (var source in Directory.EnumerateFiles(simulation, "*.cs", SearchOption.AllDirectories))
            yield return source;
        var isMutated = mutant is null;
        foreach (var source in Directory.EnumerateFiles(protocol, "*.cs", SearchOption.AllDirectories))
        {
            if (mutant is null || Path.GetRelativePath(protocol, source) != mutant.File)
            {
                yield return source;
                continue;
            }

            var text = File.ReadAllText(source);
            Assert.True(
                text.Split(mutant.Right).Length == 2,
                $"{mutant.File} must hold exactly once:\n{mutant.Right}\nMend this mutant with it.");
            var mutated = Path.Combine(workplace, Path.GetFileName(source));
            File.WriteAllText(mutated, text.Replace(mutant.Right, mutant.Wrong, StringComparison.Ordinal));
            isMutated = true;
            yield return mutated;
        }

        Assert.True(isMutated, $"there is no src/Protocol/{mutant?.File}");
    }

    private static IEnumerable<string> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.StartsWith(RuntimeEnvironment.GetRuntimeDirectory(), StringComparison.Ordinal));

    private static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Warren.slnx")))
                return directory.FullName;
        }

        throw new DirectoryNotFoundException("run from a checkout: mutants are made of its sources");
    }

    private static string DotnetRoot() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string CompilerPath() =>
        Directory.EnumerateDirectories(Path.Combine(DotnetRoot(), "sdk"), "10.*")
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .LastOrDefault() ?? throw new FileNotFoundException($"no C# compiler under {DotnetRoot()}/sdk");

    private static async Task<(int ExitCode, string Output)> Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(DotnetRoot(), "dotnet"), ["exec", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A run lasts a second or two: too short for code that starts slow.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "0";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"not done after {Patience.TotalSeconds} s: {string.Join(' ', start.ArgumentList)}");
        }

        return (process.ExitCode, await output + await errors);
    }
}
