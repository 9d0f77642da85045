using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Linux;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config</c>: an authority's configuration, offline.</summary>
internal static class ConfigVerb
{
    private const string Help = """
        Usage: warren config COMMAND [OPTION…] FILE…

        Reads, checks and explains the configuration of an authority, offline. Several files are read one after the other into one; a folder
        means its .conf and .json files; - is standard input.

          check [--fragment] [--json] FILE…          every finding, with place and fix; exit code 1 where there is an error
          format [--flat] [--verbose] [--write] FILE…  as the router itself would write it; --write: into the file
          show [--flat] [--verbose] [--json] [--secrets] [--authored] FILE… [-- PATH…]
                                                     with everything that profiles imply; PATH as it is typed: router r1 node node1
          explain FILE… ROUTER FROM TO [PROTO/PORT]  may this packet pass, and why: each step with file and line; exit code 0 passes, 1 refused
          plan [--json] [--node NODE] FILE… ROUTER   all that a node's Linux must be: links, devices, lookups, entries
          verify [--json] FILE…                      proves what the configuration expects (expect tenant T reach service S); exit code 1 where it
                                                     does not hold, with a packet that shows it
          diff [--json] OLD NEW                      what changes: the commands, who reaches what, and the plans; exit code 1 where anything does
          reference | schema | rules                 the language as Markdown and as JSON Schema, and the rules of check

        FROM is an address, a peer or an interface, or ADDRESS@INTERFACE; TO an address, a peer or a service.
          --node NODE   at this node of the router; the first one otherwise
          --fragment    a part of a configuration: what is missing around it is no fault
          --json        for programs

        Examples:
          warren config check dc.conf
          warren config format --flat dc.conf | grep peer
          warren config show dc.conf -- router dc1 wireguard-profile wg-profile-1
          warren config explain dc.conf dc1 p1 172.16.1.10 tcp/443

        """;

    private static readonly Dictionary<string, Func<Invocation, ConfigArguments, int>> Commands = new()
    {
        ["check"] = CheckCommand.Run,
        ["format"] = FormatCommand.Run,
        ["show"] = ShowCommand.Run,
        ["explain"] = ExplainCommand.Run,
        ["plan"] = PlanCommand.Run,
        ["verify"] = VerifyCommand.Run,
        ["diff"] = DiffCommand.Run,
        ["reference"] = ReferenceCommand.Run,
        ["schema"] = ReferenceCommand.Run,
        ["rules"] = ReferenceCommand.Run,
    };

    internal static int Run(Invocation invocation)
    {
        if (invocation.Arguments.Count == 0 || invocation.Arguments[0] is "-h" or "--help" or "help")
        {
            (invocation.Arguments.Count == 0 ? invocation.Error : invocation.Output).Write(Help);
            return invocation.Arguments.Count == 0 ? 2 : 0;
        }

        var command = invocation.Arguments[0];
        if (!Commands.TryGetValue(command, out var run))
        {
            var near = Spelling.Nearest(command, Commands.Keys);
            return Usage(invocation, $"there is no command `{command}'{(near is null ? "" : $"; was {near} meant?")}");
        }

        if (ConfigArguments.Parse(command, invocation.Arguments.Skip(1), out var arguments) is { } problem)
            return Usage(invocation, problem);
        if (arguments.WantsHelp)
        {
            invocation.Output.Write(Help);
            return 0;
        }

        try
        {
            return run(invocation, arguments);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or LinuxException)
        {
            invocation.Error.Write($"warren config {command}: {failure.Message}\n");
            return 2;
        }
    }

    /// <summary>Says what is wrong with the words, and where help is.</summary>
    internal static int Usage(Invocation invocation, string problem)
    {
        invocation.Error.Write($"warren config: {problem}. `warren config --help' says more.\n");
        return 2;
    }

    /// <summary>Writes findings of a file that must be whole to go on; false when it is not.</summary>
    internal static bool IsReadable(Invocation invocation, ConfigFiles files)
    {
        if (!files.HasErrors)
            return true;
        FindingPrinter.Write(invocation.Error, [.. files.Findings.Where(f => f.Severity == Severity.Error)], false);
        return false;
    }
}
