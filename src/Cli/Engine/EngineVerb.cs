using System.Collections.Generic;
using Warren.Engine;

namespace Warren.Cli.Engine;

/// <summary><c>warren engine IFNAME</c>, and the program <c>wireguard-go</c>: a WireGuard device in this process, or in a daemon.</summary>
internal static class EngineVerb
{
    private const string Help = """
        Usage: warren engine [-f|--foreground] [--daemon] [--workers N] [--bind ADDRESS] [--uapi-dir DIR]
                             [--no-offload NAME[,NAME]…] IFNAME

        Makes the interface IFNAME and runs a WireGuard device on it, configured by `wg` or `warren set` over
        /var/run/wireguard/IFNAME.sock. It ends when it is told to (SIGTERM, SIGINT), or when the interface or
        the socket file is deleted; both are gone then.

          -f, --foreground    stay in the foreground (as `warren engine` does anyway)
          --daemon            return as soon as interface and socket exist, and run on in the background
          --workers N         threads that carry packets; 0, the default, goes by the number of processors
          --bind ADDRESS      listen on this local address alone
          --uapi-dir DIR      make the socket in DIR
          --no-offload NAME   do without what the kernel offers, where a card or a bridge does not live up to it: tso or
                              uso (TCP or UDP super-packets of the TUN), tun (both, and its checksums), udp-segment or
                              udp-gro (many datagrams in one message out or in), all. What the kernel refuses is done
                              without in any case.

        Environment: WARREN_WORKERS as --workers; WARREN_NO_OFFLOAD as --no-offload; LOG_LEVEL is verbose, debug,
        error (the default) or silent; WG_TUN_FD and WG_UAPI_FD are descriptors of a TUN device and a listening socket to use instead of new ones.

        Examples:
          warren engine wg0                                          until Ctrl-C
          warren engine --daemon wg0 && warren setconf wg0 wg0.conf  and go on
          LOG_LEVEL=debug warren engine --bind 192.0.2.1 wg0

        """;

    private const string WireguardGoHelp = """
        Usage: wireguard-go [-f/--foreground] INTERFACE-NAME

        """;

    /// <summary>As the verb: in the foreground unless told otherwise.</summary>
    internal static int Run(Invocation invocation)
    {
        if (!EngineArguments.TryParse(invocation, foreground: true, out var arguments, out var fault))
            return Fail(invocation, fault + "\nTry `warren engine --help`.\n");
        if (arguments.WantsHelp)
            return Print(invocation, Help);
        return arguments.WantsVersion ? Print(invocation, $"warren {WarrenProgram.Version}\n") : Start(invocation, arguments);
    }

    /// <summary>As wireguard-go: in the background unless told otherwise.</summary>
    internal static int RunAsWireguardGo(Invocation invocation)
    {
        if (!EngineArguments.TryParse(invocation, foreground: false, out var arguments, out _))
            return Fail(invocation, WireguardGoHelp);
        if (arguments.WantsHelp)
            return Print(invocation, WireguardGoHelp);
        return arguments.WantsVersion
            ? Print(invocation, $"wireguard-go (warren {WarrenProgram.Version})\n\nUserspace WireGuard daemon for Linux.\n")
            : Start(invocation, arguments);
    }

    private static int Start(Invocation invocation, EngineArguments arguments)
    {
        if (arguments.Foreground)
            return EngineHost.Run(arguments.Options, invocation.Error, ReadinessPipe.OfProcess());

        var inherited = new List<int>();
        if (arguments.Options.TunDescriptor is { } tun)
            inherited.Add(tun);
        if (arguments.Options.UapiDescriptor is { } uapi)
            inherited.Add(uapi);
        return EngineDaemon.Start(arguments.ToForeground(), inherited, invocation.Error);
    }

    private static int Print(Invocation invocation, string text)
    {
        invocation.Output.Write(text);
        return 0;
    }

    private static int Fail(Invocation invocation, string text)
    {
        invocation.Error.Write(text);
        return 1;
    }
}
