using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Warren.Config.Quick;
using Warren.Linux;
using Warren.Linux.Files;

namespace Warren.Cli.Quick;

/// <summary>Writes the live state of a tunnel into its configuration file: whole or not at all, readable by its owner only.</summary>
internal sealed class Saver(QuickContext context)
{
    /// <summary>Writes it.</summary>
    /// <exception cref="QuickFailure">It could not be written; the file is as it was.</exception>
    public void Write()
    {
        var text = SavedConfig.Write(
            context.Config,
            Addresses(),
            Dns(),
            context.Network.Mtu(context.Name),
            Configurator.ShowConf(context.Devices.Get(context.Name)));
        Replace(context.File.Path, text);
    }

    private void Replace(string path, string text)
    {
        context.Interruption.ThrowIfRequested();
        try
        {
            DurableFile.Replace(path, Encoding.UTF8.GetBytes(text), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LinuxException)
        {
            throw context.Fail("Could not write configuration file", exception.Message);
        }
    }

    // The kernel's own link-local address is not the configuration's; a TUN has one, the kernel's WireGuard has none.
    private IEnumerable<string> Addresses() => context.Network.Addresses(context.Name)
        .Where(address => !address.IsKernelLinkLocal)
        .Select(address => $"{address.Address}/{address.Length}");

    // What resolvconf was given; where it cannot say, what the file says. wg-quick loses the search domains: as
    // `warren quick' they are kept.
    private IEnumerable<string> Dns()
    {
        var config = context.Config;
        var search = context.Program.IsUpstreamName ? [] : config.DnsSearch;
        var dns = DnsHost.Find(context.Shell.PathVariable);
        if (dns.Tool != DnsTool.Resolvconf)
            return [.. config.DnsServers, .. search];
        var known = new Child("resolvconf", ["-l", dns.Prefix + config.Name], context.Shell.Variables).Read();
        var record = $"/etc/resolvconf/run/interface/{dns.Prefix}{config.Name}";
        if (known.Length == 0 && File.Exists(record))
            known = File.ReadAllText(record);
        return [.. Servers(known), .. search];
    }

    internal static IEnumerable<string> Servers(string resolv) => resolv
        .Split('\n')
        .Select(line => line.Split(' '))
        .Where(words => words is ["nameserver", _])
        .Select(words => words[1]);
}
