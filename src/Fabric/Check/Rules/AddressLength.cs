using System.Linq;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check.Rules;

/// <summary>How long the prefix of an address is meant to be.</summary>
internal static class AddressLength
{
    /// <summary>As written; else as long as the network in which others expect the address; else the address alone.</summary>
    internal static int Of(Host host, IpAddress address, int? written)
    {
        if (written is { } length)
            return length;
        var networks = host.In.Concat(host.Out.SelectMany(link => link.To.In)).SelectMany(link => link.Peer.AllowedIps)
            .Where(allowed => !allowed.IsHost && allowed.Length >= (address.IsIPv6 ? 48 : 8) && allowed.Prefix.Contains(address));
        return networks.Select(allowed => allowed.Length).DefaultIfEmpty(address.BitLength).Max();
    }
}
