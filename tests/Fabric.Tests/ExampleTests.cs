using System;
using System.IO;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Fabric.Verification;

namespace Warren.Fabric.Tests;

/// <summary>The configurations under examples: formatted as the router would, without a fault, their expectations proven, their plans as they stand beside them.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Files => [.. Directory.GetDirectories(Folder()).Select(Path.GetFileName).Where(name => File.Exists(Path.Combine(Folder(), name!, $"{name}.conf"))).Cast<string>()];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_is_as_the_router_would_write_it_and_holds_what_it_expects(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), name, $"{name}.conf"));
        var read = ConfigParser.Parse(Authority.Schema, new SourceText(name, text));
        Assert.Empty(read.Findings);
        Assert.Equal(text, ConfigFormatter.Format(read.Root, new FormatOptions { Secrets = true }));
        var authority = new Authority(Generator.Generate(read.Root));
        Assert.NotEqual(0, Verifier.Count(authority));
        Assert.Empty(Verifier.Verify(authority));
        foreach (var router in authority.Routers)
        {
            var plan = PlanCompiler.Compile(authority, router, router.Nodes[0]).Plan!;
            Disjointness.Check(plan);
            Assert.Equal(File.ReadAllText(Path.Combine(Folder(), name, $"{router.Name}.plan")), PlanText.Write(plan));
        }
    }

    [Theory]
    [InlineData("two-datacenters", "dc1", "p1", "172.16.1.10", "tcp/443", Verdict.Allowed)]
    [InlineData("two-datacenters", "dc2", "p2", "172.16.2.10", "udp/53", Verdict.Allowed)]
    [InlineData("two-datacenters", "dc1", "p3", "172.16.1.10", "icmp", Verdict.Allowed)]
    [InlineData("two-datacenters", "dc2", "p2", "build-farm", null, Verdict.Denied)]
    [InlineData("two-datacenters", "dc2", "p3", "build-farm", null, Verdict.Allowed)]
    [InlineData("two-datacenters", "dc1", "p1", "172.16.2.10", "tcp/443", Verdict.NoService)]
    [InlineData("two-datacenters", "dc1", "p1", "172.16.1.1", "tcp/22", Verdict.DeniedHere)]
    [InlineData("two-datacenters", "dc1", "203.0.113.9", "1.1.1.1", "udp/12800", Verdict.AllowedHere)]
    [InlineData("iot", "r1", "192.168.20.7", "thing", "tcp/80", Verdict.Allowed)]
    [InlineData("iot", "r1", "iot-dev-1", "192.168.20.7", "tcp/80", Verdict.NoService)]
    [InlineData("iot", "r1", "203.0.113.9@eth1-net", "thing", "tcp/80", Verdict.NoService)]
    public void Questions_about_the_examples_are_answered(string name, string routerName, string from, string to, string? transport, Verdict verdict)
    {
        var read = ConfigParser.Parse(Authority.Schema, new SourceText(name, File.ReadAllText(Path.Combine(Folder(), name, $"{name}.conf"))));
        var authority = new Authority(Generator.Generate(read.Root));
        var router = authority.Routers.Single(of => of.Name == routerName);
        Assert.Null(Question.TryAsk(authority, router, router.Nodes[0], from, to, transport, out var packet));
        var decision = new Policy(authority, router, router.Nodes[0]).Decide(packet);
        Assert.Equal(verdict, decision.Verdict);
        Assert.Equal(decision.Verdict, PlanLookup.Decide(PlanCompiler.Compile(authority, router, router.Nodes[0]).Plan!, packet).Verdict);
        Assert.All(decision.Steps, step => Assert.True(step.Position.IsKnown || step.Node?.GeneratedBy is not null || step.Kind is "mtu" or "service", step.ToString()));
    }

    private static string Folder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Warren.slnx");
        return Path.Combine(folder, "examples");
    }
}
