using System;
using System.Collections.Generic;
using System.IO;

namespace Warren.Cli.Wg;

/// <summary>The program <c>wg</c>: facts of wireguard-tools 1.0.20260223. Every failure is exit code 1.</summary>
internal static class WgProgram
{
    /// <summary>Scripts look for the beginning of this line, up to the version.</summary>
    private const string Version = "wireguard-tools v1.0.20260223 - https://git.zx2c4.com/wireguard-tools/";

    /// <summary>In the order of the usage text.</summary>
    internal static IReadOnlyList<WgSubcommand> Subcommands { get; } =
    [
        new("show", "Shows the current configuration and device information", static i => ShowVerb.Run(i)),
        new("showconf", "Shows the current configuration of a given WireGuard interface, for use with `setconf'", static i => ShowConfVerb.Run(i)),
        new("set", "Change the current configuration, add peers, remove peers, or change peers", static i => SetVerb.Run(i)),
        new("setconf", "Applies a configuration file to a WireGuard interface", static i => ConfVerb.Run(i)),
        new("addconf", "Appends a configuration file to a WireGuard interface", static i => ConfVerb.Run(i)),
        new("syncconf", "Synchronizes a configuration file to a WireGuard interface", static i => ConfVerb.Run(i)),
        new("genkey", "Generates a new private key and writes it to stdout", static i => GenerateVerb.Run(i)),
        new("genpsk", "Generates a new preshared key and writes it to stdout", static i => GenerateVerb.Run(i)),
        new("pubkey", "Reads a private key from stdin and writes a public key to stdout", static i => PubKeyVerb.Run(i)),
    ];

    internal static int Run(Invocation invocation)
    {
        var arguments = invocation.Arguments;
        switch (arguments)
        {
            case []:
                return ShowVerb.Run(invocation.With("show", []));
            case ["-v" or "--version" or "version"]:
                invocation.Output.Write(Version + "\n");
                return 0;
            case ["-h" or "--help" or "help"]:
                WriteUsage(invocation, invocation.Output);
                return 0;
        }

        foreach (var subcommand in Subcommands)
        {
            if (string.Equals(subcommand.Name, arguments[0], StringComparison.Ordinal))
                return subcommand.Run(invocation.WithVerb());
        }

        invocation.Error.Write($"Invalid subcommand: `{arguments[0]}'\n");
        WriteUsage(invocation, invocation.Error);
        return 1;
    }

    private static void WriteUsage(Invocation invocation, TextWriter output)
    {
        output.Write($"Usage: {invocation.Program} <cmd> [<args>]\n\nAvailable subcommands:\n");
        foreach (var subcommand in Subcommands)
            output.Write($"  {subcommand.Name}: {subcommand.Description}\n");
        output.Write("You may pass `--help' to any of these subcommands to view usage.\n");
    }
}
