using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Differences;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config diff OLD NEW</c>: what changes in the configuration, in the plans, and in who reaches what. Exit code 0: nothing; 1: something.</summary>
internal static class DiffCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        if (arguments.Words.Count != 2)
            return ConfigVerb.Usage(invocation, "diff needs OLD and NEW, a file or a folder each");
        var before = ConfigFiles.Read(invocation, [arguments.Words[0]], ReadMode.Whole);
        var after = ConfigFiles.Read(invocation, [arguments.Words[1]], ReadMode.Whole);
        if (!ConfigVerb.IsReadable(invocation, before) || !ConfigVerb.IsReadable(invocation, after))
            return 2;
        var commands = ConfigDifference.Commands(before.Authored, after.Authored, arguments.Has("--secrets"));
        var isSame = before.Authored.SaysTheSame(after.Authored);
        var (plans, reach) = isSame ? ([], []) : Compare(new Authority(before.Effective), new Authority(after.Effective));
        if (arguments.Has("--json"))
            invocation.Output.Write(Json(commands, plans, reach));
        else
            Write(invocation.Output, commands, plans, reach);
        return isSame ? 0 : 1;
    }

    private static (List<(string Node, PlanDifference.Line Line)> Plans, List<ReachabilityChange> Reach) Compare(Authority before, Authority after)
    {
        var plans = new List<(string, PlanDifference.Line)>();
        var reach = new List<ReachabilityChange>();
        var (oldViews, newViews) = (new ServiceCatalog(before), new ServiceCatalog(after));
        foreach (var (router, node) in Names(before).Union(Names(after)))
        {
            var old = Plan(before, oldViews, router, node, null);
            var young = Plan(after, newViews, router, node, old);
            plans.AddRange(PlanDifference.Between(old, young).Select(line => ($"{node}.{router}", line)));
            reach.AddRange(ReachabilityDifference.Between(old, young));
        }

        return (plans, reach);
    }

    private static IEnumerable<(string Router, string Node)> Names(Authority authority) =>
        authority.Routers.SelectMany(router => router.Nodes.Select(node => (router.Name, node.Name)));

    private static NodePlan? Plan(Authority authority, ServiceCatalog services, string router, string node, NodePlan? before) =>
        NodeChoice.Find(authority, router, node, out var found, out var machine) is null ? PlanCompiler.Compile(authority, found, machine, before, services).Plan : null;

    private static void Write(TextWriter output, string commands, List<(string Node, PlanDifference.Line Line)> plans, List<ReachabilityChange> reach)
    {
        output.Write(commands);
        if (reach.Count > 0)
        {
            output.Write("\n# Who reaches what\n");
            foreach (var change in reach)
                output.Write($"{change}\n");
        }

        foreach (var of in plans.GroupBy(plan => plan.Node))
        {
            output.Write($"\n# Plan of {of.Key}\n");
            foreach (var (_, line) in of)
                output.Write($"{(line.IsNew ? '+' : '-')} {line.Heading}: {line.Text}\n");
        }
    }

    private static string Json(string commands, List<(string Node, PlanDifference.Line Line)> plans, List<ReachabilityChange> reach)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("commands", commands);
            writer.WriteStartArray("reachability");
            foreach (var change in reach)
            {
                writer.WriteStartObject();
                writer.WriteString("router", change.Router);
                writer.WriteString("node", change.Node);
                writer.WriteString("tenant", change.Tenant);
                writer.WriteString("service", change.Service);
                writer.WriteBoolean("gained", change.IsGained);
                writer.WriteString("example", change.Example.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("plan");
            foreach (var (node, line) in plans)
            {
                writer.WriteStartObject();
                writer.WriteString("node", node);
                writer.WriteString("part", line.Heading);
                writer.WriteBoolean("added", line.IsNew);
                writer.WriteString("text", line.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
