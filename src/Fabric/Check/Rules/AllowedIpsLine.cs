using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>Allowed IPs as a line to write.</summary>
internal static class AllowedIpsLine
{
    /// <summary>The line on which one of them stands, with another in its place.</summary>
    internal static string With(Tunnel tunnel, TunnelPeer peer, WrittenPrefix one, string other)
    {
        var items = peer.AllowedIps.Where(item => item.Place.Position.Line == one.Place.Position.Line).Select(item => item == one ? other : item.Place.Text);
        return tunnel.Form switch
        {
            TunnelForm.Authority => $"allowed-ip {other}",
            TunnelForm.NetworkManager => $"allowed-ips={string.Join(';', items)}",
            _ => $"AllowedIPs = {string.Join(", ", items)}",
        };
    }
}
