using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Fabric.Validation;

namespace Warren.Bench.Micro;

/// <summary>A whole authority, from text to plans, at three sizes; one router after a change of one line; completion.</summary>
public class AuthorityBenchmarks
{
    private string _text = "";
    private ConfigNode _root = null!;
    private ConfigNode _effective = null!;
    private Authority _authority = null!;
    private NodePlan _plan = null!;
    private ServiceCatalog _services = null!;

    /// <summary>Routers; a hundred peers, half a tenant and five services for each.</summary>
    [Params(10, 100, 1000)]
    public int Routers { get; set; }

    /// <summary>Makes the text and what follows from it.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _text = LargeAuthority.Write(Routers);
        var read = ConfigParser.Parse(Authority.Schema, new SourceText("bench", _text));
        if (read.Findings.Count > 0)
            throw new InvalidOperationException(read.Findings[0].ToString());
        _root = read.Root;
        _effective = Generator.Generate(_root);
        _authority = new Authority(_effective);
        _services = new ServiceCatalog(_authority);
        _plan = PlanCompiler.Compile(_authority, _authority.Routers[^1], _authority.Routers[^1].Nodes[0], services: _services).Plan!;
        if (Validator.Validate(_root, _effective).FirstOrDefault(f => f.Severity == Config.Severity.Error) is { } error)
            throw new InvalidOperationException(error.ToString());
    }

    /// <summary>Text to tree.</summary>
    [Benchmark]
    public ConfigNode Parse() => ConfigParser.Parse(Authority.Schema, new SourceText("bench", _text)).Root;

    /// <summary>Every rule.</summary>
    [Benchmark]
    public int Validate() => Validator.Validate(_root, _effective).Count;

    /// <summary>Text to a plan for every node.</summary>
    [Benchmark]
    public int ParseValidateCompile() => Assessment.Of(ConfigParser.Parse(Authority.Schema, new SourceText("bench", _text)).Root).Plans.Count;

    /// <summary>One line at one router changes: generation and the plan of that router.</summary>
    [Benchmark]
    public NodePlan RecompileOne()
    {
        var name = _authority.Routers[^1].Name;
        var changed = ConfigParser.Merge(_root, new SourceText("change", $"router {name} wireguard-profile wg port 12801\n")).Root;
        var authority = new Authority(Generator.Generate(changed, _effective));
        var router = authority.Routers[^1];
        return PlanCompiler.Compile(authority, router, router.Nodes[0], _plan, _services).Plan!;
    }

    /// <summary>Tab behind "router ".</summary>
    [Benchmark]
    public int Complete() => new ConfigCompletion(_root).Next(null, ["router"], "r").Count;
}
