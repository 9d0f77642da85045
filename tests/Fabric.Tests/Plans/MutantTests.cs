using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Warren.Fabric.Tests.Plans;

/// <summary>Fabric with one mistake in the policy or in the plan: the comparison of both must notice it, or it proves nothing (docs/adr/0009).</summary>
[Trait("Category", "Property")]
public sealed class MutantTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("warren-mutants-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Without_a_mistake_they_agree() => Assert.Equal(0, (await Try(null, "", "")).ExitCode);

    [Theory]
    [InlineData("Policies/Policy.cs", "foreach (var stage in new[] { LookupStage.Port, LookupStage.Protocol,", "foreach (var stage in new[] { LookupStage.Protocol, LookupStage.Port,")]
    [InlineData("Policies/Policy.cs", "b.Prefix.Length >= prefix.Length))", "b.Prefix.Length <= prefix.Length))")]
    [InlineData("Policies/Policy.cs", "if (policy?.Permission == Permission.Deny)", "if (policy?.Permission == Permission.Deny && packet.Port == 1)")]
    [InlineData("Policies/Policy.cs", "(b.Prefix.Length > prefix.Length", "(b.Prefix.Length < prefix.Length")]
    [InlineData("Policies/Policy.cs", "allowed.Length >= best.Value.Prefix.Length", "allowed.Length <= best.Value.Prefix.Length")]
    [InlineData("Policies/Access.cs", "(Tenant: who.Tenant?.Length ?? -1,", "(Tenant: 0,")]
    [InlineData("Policies/Policy.Routes.cs", "address?.IsIPv6 == packet.Destination.IsIPv6", "address is not null")]
    [InlineData("Policies/Policy.Routes.cs", "of = of.Parent)", "of = null)")]
    [InlineData("Policies/Policy.Here.cs", "service.AccessPolicies.Count == 0 : policy", "service.AccessPolicies.Count >= 0 : policy")]
    [InlineData("Plans/PlanCompiler.Services.cs", "Group((LookupStage.Protocol, transport.Protocol))", "Group((LookupStage.Any, IpProtocol.Any))")]
    [InlineData("Plans/PlanCompiler.Services.cs", "AddRules(groups, i, of.Answers[i] == Denied);", "AddRules(groups, i, false);")]
    [InlineData("Plans/PlanCompiler.Services.cs", "routes.Count == 0; of = of.Parent)", "routes.Count == 0; of = null)")]
    [InlineData("Plans/PlanCompiler.Services.cs", "candidate.Address is { } address && address.IsIPv6 == isIPv6", "candidate.Address is { } address")]
    [InlineData("Plans/PlanCompiler.Sources.cs", "found[rank].Prefix, PortRange.All, rank,", "found[rank].Prefix, PortRange.All, -rank,")]
    [InlineData("Plans/PlanCompiler.Sources.cs", "(p.Tenant is null || Tenant.IsInside(tenant, p.Tenant))", "p.Tenant is null")]
    [InlineData("Plans/Flattening.cs", "a.Prefix.Length.CompareTo(b.Prefix.Length) : a.Rank.CompareTo(b.Rank)", "a.Prefix.Length.CompareTo(b.Prefix.Length) : b.Rank.CompareTo(a.Rank)")]
    [InlineData("Plans/PlanLookup.cs", "allowed.Length > length &&", "allowed.Length < 200 &&")]
    public async Task A_mistake_is_noticed(string file, string right, string wrong)
    {
        var (exitCode, output) = await Try(file, right, wrong);
        Assert.True(exitCode == 1, $"nobody noticed: {output}");
    }

    private async Task<(int ExitCode, string Output)> Try(string? file, string right, string wrong)
    {
        var workplace = _directory.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        var assembly = Path.Combine(workplace, "Mutant.dll");
        var response = Path.Combine(workplace, "Mutant.rsp");
        File.WriteAllLines(response, (IEnumerable<string>)
        [
            "-nologo", "-nostdlib", "-target:exe", "-optimize+", "-nullable:enable", "-langversion:latest", "-debug-", "-nowarn:CS1591", $"-out:\"{assembly}\"",
            .. References().Select(reference => $"-r:\"{reference}\""), .. Sources(workplace, file, right, wrong).Select(source => $"\"{source}\""),
        ]);
        var built = await Run(["exec", Compiler(), "-noconfig", $"@{response}"]);
        Assert.True(built.ExitCode == 0, $"the mutant does not compile:\n{built.Output}");
        foreach (var library in Libraries())
            File.Copy(library, Path.Combine(workplace, Path.GetFileName(library)));
        return await Run(["exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Warren.Fabric.Tests.runtimeconfig.json"), assembly]);
    }

    private static IEnumerable<string> Sources(string workplace, string? file, string right, string wrong)
    {
        var program = Path.Combine(workplace, "Program.cs");
        File.WriteAllText(program, """
            using System;
            global using Xunit;
            try
            {
                var difference = Warren.Fabric.Tests.Plans.PlanComparison.FirstDifference(1000, 60, 200, new int[20]);
                Console.WriteLine(difference);
                return difference is null ? 0 : 1;
            }
            catch (InvalidOperationException failure)
            {
                Console.WriteLine(failure.Message);
                return 1;
            }
            """.Replace("using System;\nglobal using Xunit;", "global using Xunit;\nusing System;", StringComparison.Ordinal));
        yield return program;
        var tests = Path.Combine(Root(), "tests", "Fabric.Tests");
        yield return Path.Combine(tests, "RandomAuthority.cs");
        yield return Path.Combine(tests, "Plans", "PlanComparison.cs");
        var fabric = Path.Combine(Root(), "src", "Fabric");
        var isMutated = file is null;
        foreach (var source in ((string[])["Generation", "Policies", "Plans"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(fabric, folder), "*.cs")))
        {
            if (Path.GetRelativePath(fabric, source) != file)
            {
                yield return source;
                continue;
            }

            var text = File.ReadAllText(source);
            Assert.True(text.Split(right).Length == 2, $"{file} must hold exactly once:\n{right}\nMend this mutant with it.");
            var mutated = Path.Combine(workplace, Path.GetFileName(source));
            File.WriteAllText(mutated, text.Replace(right, wrong, StringComparison.Ordinal));
            isMutated = true;
            yield return mutated;
        }

        Assert.True(isMutated, $"there is no src/Fabric/{file}");
    }

    private static IEnumerable<string> Libraries() =>
        ((string[])["Warren.Config.dll", "Warren.Protocol.dll", "xunit.v3.assert.dll"]).Select(name => Path.Combine(AppContext.BaseDirectory, name));

    private static IEnumerable<string> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.StartsWith(RuntimeEnvironment.GetRuntimeDirectory(), StringComparison.Ordinal)).Concat(Libraries());

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("run from a checkout: mutants are made of its sources");
        return folder;
    }

    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Compiler() =>
        Directory.EnumerateDirectories(Path.Combine(Dotnet(), "sdk"), "10.*").Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).Where(File.Exists)
            .Order(StringComparer.Ordinal).LastOrDefault() ?? throw new FileNotFoundException($"no C# compiler under {Dotnet()}/sdk");

    private static async Task<(int ExitCode, string Output)> Run(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Dotnet(), "dotnet"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }
}
