using System.Collections.Generic;
using System.Linq;
using Warren.Config.Quick;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Nftables;
using Warren.Linux.Processes;
using Warren.Protocol.Routing;

namespace Warren.Cli.Quick;

/// <summary>Reads from the host and the device what the plans ask for.</summary>
internal static class HostView
{
    /// <summary>The MTU for a configuration that names none.</summary>
    public static int ChooseMtu(QuickContext context)
    {
        var endpoints = context.Devices.Get(context.Name).Peers
            .Select(peer => peer.Endpoint is { } endpoint ? context.Network.PathMtu(endpoint.Address, endpoint.ScopeId) : null)
            .OfType<int>();
        return MtuChoice.Choose(endpoints, context.Network.DefaultRouteMtu());
    }

    /// <summary>What routes depend on.</summary>
    public static UpState Routes(QuickContext context)
    {
        if (context.Config.IsTableOff)
            return new();
        var device = context.Devices.Get(context.Name);
        return new()
        {
            AllowedIps = AllowedIps(device),
            FwMark = device.FwMark,
            Addresses = [.. context.Network.Addresses(context.Name).Select(address => address.Address)],
            Routes = context.Network.MainRoutes(context.Name),
            UsedTables = context.Network.UsedTables(),
            SrcValidMark = Read(RoutePlan.SrcValidMark),
        };
    }

    /// <summary>What there is to take down.</summary>
    public static DownState Down(QuickContext context)
    {
        var device = context.Devices.Get(context.Name);
        return new()
        {
            FwMark = device.FwMark,
            HasDefault = AllowedIps(device).Any(prefix => prefix.Length == 0),
            Rules4 = context.Network.Rules(false),
            Rules6 = context.Network.Rules(true),
            FirewallFamilies = FirewallFamilies(context.Name),
        };
    }

    private static List<IpPrefix> AllowedIps(DeviceState device) =>
        [.. device.Peers.SelectMany(peer => peer.AllowedIps).Select(allowed => new IpPrefix(allowed.Address, allowed.Length))];

    private static IReadOnlyList<string> FirewallFamilies(string name)
    {
        if (!NftablesContext.IsAvailable)
            return [];
        using var nftables = new NftablesContext();
        return FirewallScript.Families(name, nftables.Run("list tables"));
    }

    // Not there: a kernel without IPv4's reverse path filter needs no mark in it.
    private static string? Read(string key)
    {
        try
        {
            return Sysctl.Read(key.Replace('.', '/'));
        }
        catch (LinuxException exception) when (exception.Errno == Errno.ENOENT)
        {
            return null;
        }
    }
}
