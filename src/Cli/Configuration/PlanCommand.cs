using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Plans;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config plan</c>: all that a node's Linux must be.</summary>
internal static class PlanCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        if (arguments.Words.Count < 2)
            return ConfigVerb.Usage(invocation, "plan needs FILE… ROUTER");
        var read = ConfigFiles.Read(invocation, [.. arguments.Words.SkipLast(1)], ReadMode.Whole);
        if (!ConfigVerb.IsReadable(invocation, read))
            return 1;
        var authority = new Authority(read.Effective);
        if (NodeChoice.Find(authority, arguments.Words[^1], arguments.Node, out var router, out var node) is { } problem)
            return ConfigVerb.Usage(invocation, problem);
        var result = PlanCompiler.Compile(authority, router, node);
        if (result.Plan is not { } plan)
        {
            FindingPrinter.Write(invocation.Error, result.Findings, false);
            return 1;
        }

        invocation.Output.Write(arguments.Has("--json") ? PlanText.WriteJson(plan, arguments.Has("--secrets")) : PlanText.Write(plan));
        return 0;
    }
}
