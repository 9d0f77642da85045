using System;
using System.Collections.Generic;

namespace Warren.Cli;

/// <summary>
/// Everything that can be called. Each entry is a static lambda that names its room's door, so that nothing behind it is
/// loaded before it runs. A new verb is one line here and a folder beside this file.
/// </summary>
internal static class VerbTable
{
    /// <summary>The words after <c>warren</c>, in the order of the help.</summary>
    internal static IReadOnlyList<Verb> Verbs { get; } =
    [
        new("show", "[IF|all|interfaces] [PARAMETER|--drops|--json]", "what devices and peers are doing; --drops: why packets were dropped", static i => Wg.ShowVerb.RunAsWarren(i))
            { Example = "warren show wg0 --drops" },
        new("showconf", "IF", "a device as a configuration file", static i => Wg.ShowConfVerb.Run(i))
            { Example = "warren showconf wg0 > wg0.conf" },
        new("set", "IF …", "change a device and its peers", static i => Wg.SetVerb.Run(i))
            { Example = "warren set wg0 peer KEY endpoint 192.0.2.1:51820 allowed-ips 10.0.0.2/32" },
        new("setconf", "IF FILE", "make a device what a file says", static i => Wg.ConfVerb.Run(i))
            { Example = "warren setconf wg0 wg0.conf" },
        new("addconf", "IF FILE", "add what a file says", static i => Wg.ConfVerb.Run(i))
            { Example = "warren addconf wg0 new-peer.conf" },
        new("syncconf", "IF FILE", "as setconf, keeping sessions of peers that stay", static i => Wg.ConfVerb.Run(i))
            { Example = "warren quick strip wg0 | warren syncconf wg0 /dev/stdin" },
        new("genkey", "", "a new private key", static i => Wg.GenerateVerb.Run(i))
            { Example = "warren genkey | tee private.key | warren pubkey" },
        new("genpsk", "", "a new preshared key", static i => Wg.GenerateVerb.Run(i))
            { Example = "warren genpsk > preshared.key" },
        new("pubkey", "", "the public key of the private key on standard input", static i => Wg.PubKeyVerb.Run(i))
            { Example = "warren pubkey < private.key" },
        new("engine", "IFNAME", "run a WireGuard device in user space", static i => Engine.EngineVerb.Run(i)),
        new("quick", "up|down|save|strip IF|FILE", "a tunnel from its file, as wg-quick", static i => Quick.QuickVerb.Run(i)),
        new("check", "[--fix] [--json] PATH…", "why configurations that people wrote will not work, offline", static i => Check.CheckVerb.Run(i)),
        new("config", "check|format|show|explain|… FILE…", "an authority's configuration: check it, show what it implies, explain what it decides", static i => Configuration.ConfigVerb.Run(i)),
        new("pcli", "[-c COMMAND]…", "the operator's shell: candidate, validate, commit, history", static i => Shell.PcliVerb.Run(i)),
        new("bench", "[OPTION…]", "measure this engine beside others", static i => Bench.BenchVerb.Run(i)),
    ];

    /// <summary>Program names that a symlink may give us: each behaves exactly as that program.</summary>
    internal static IReadOnlyList<Verb> Programs { get; } =
    [
        new("wg", "", "WireGuard's configuration tool", static i => Wg.WgProgram.Run(i)),
        new("wireguard-go", "IFNAME", "the engine, as a daemon", static i => Engine.EngineVerb.RunAsWireguardGo(i)),
        new("wg-quick", "", "tunnels from files", static i => Quick.QuickVerb.Run(i)),
    ];

    /// <summary>The verb of that name, or null.</summary>
    internal static Verb? FindVerb(string name) => Find(Verbs, name);

    /// <summary>The program of that name, or null.</summary>
    internal static Verb? FindProgram(string name) => Find(Programs, name);

    private static Verb? Find(IReadOnlyList<Verb> among, string name)
    {
        foreach (var verb in among)
        {
            if (string.Equals(verb.Name, name, StringComparison.Ordinal))
                return verb;
        }

        return null;
    }
}
