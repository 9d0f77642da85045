using System;

namespace Warren.Cli.Wg;

/// <summary>One of wg's subcommands. The invocation's verb is its name: several share a function.</summary>
internal sealed record WgSubcommand(string Name, string Description, Func<Invocation, int> Run);
