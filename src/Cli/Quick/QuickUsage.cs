namespace Warren.Cli.Quick;

/// <summary>The usage text of wg-quick.</summary>
internal static class QuickUsage
{
    /// <summary>The text, with <paramref name="program"/> where wg-quick puts its own name.</summary>
    public static string Of(string program) => $"""
        Usage: {program} [ up | down | save | strip ] [ CONFIG_FILE | INTERFACE ]

          CONFIG_FILE is a configuration file, whose filename is the interface name
          followed by `.conf'. Otherwise, INTERFACE is an interface name, with
          configuration found at /etc/wireguard/INTERFACE.conf. It is to be readable
          by wg(8)'s `setconf' sub-command, with the exception of the following additions
          to the [Interface] section, which are handled by {program}:

          - Address: may be specified one or more times and contains one or more
            IP addresses (with an optional CIDR mask) to be set for the interface.
          - DNS: an optional DNS server to use while the device is up.
          - MTU: an optional MTU for the interface; if unspecified, auto-calculated.
          - Table: an optional routing table to which routes will be added; if
            unspecified or `auto', the default table is used. If `off', no routes
            are added.
          - PreUp, PostUp, PreDown, PostDown: script snippets which will be executed
            by bash(1) at the corresponding phases of the link, most commonly used
            to configure DNS. The string `%i' is expanded to INTERFACE.
          - SaveConfig: if set to `true', the configuration is saved from the current
            state of the interface upon shutdown.

        See wg-quick(8) for more info and examples.

        """;
}
