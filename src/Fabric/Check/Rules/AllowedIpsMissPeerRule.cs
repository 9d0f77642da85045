using System.Collections.Generic;
using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>Allowed IPs without any address of the peer: its own packets are dropped, and with them the errors that find a path's MTU.</summary>
internal sealed class AllowedIpsMissPeerRule() : CheckRule("allowed-ips-miss-peer", "allowed IPs have no address of the peer: its own packets, path-MTU errors among them, are dropped")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var link in survey.Links)
        {
            var peer = link.Peer;
            if (link.To.Addresses.Count == 0 || peer.AllowedIps.Count == 0 || peer.CoversAny(link.To.Addresses))
                continue;
            var isV6 = peer.AllowedIps[0].Address.IsIPv6;
            var own = link.To.Addresses.FirstOrDefault(address => address.Address.IsIPv6 == isV6, link.To.Addresses[0]);
            var whole = $"{own.Address}/{own.Address.BitLength}";
            var name = link.Version.Form switch { TunnelForm.Authority => "allowed-ip ", TunnelForm.NetworkManager => "allowed-ips=", _ => "AllowedIPs = " };
            var separator = link.Version.Form == TunnelForm.NetworkManager ? ";" : ", ";

            // One address, and not the peer's: whose it is was mistaken. Subnets: the peer is the way to them, and its own address was forgotten.
            if (peer.AllowedIps.All(allowed => allowed.IsHost) && link.IsByKey)
            {
                var wrong = peer.AllowedIps[0];
                remarks.Error(this, wrong.Place.Position, $"{link.From.ShortName} allows {link.To.ShortName} {Prefixes.Join(peer.AllowedIps.Select(a => a.Address.ToString()))}, but its address is {own.Address} ({Remarks.At(own.Place.Position)}): all it sends is dropped",
                    $"{name}{whole}", peer.AllowedIps.Count == 1 ? wrong.Place.ReplaceWith(whole) : null, own.Place.Position);
                continue;
            }

            var last = peer.AllowedIps[^1];
            var isTaken = link.From.Out.Any(other => !ReferenceEquals(other.Peer, peer) && ReferenceEquals(other.Version, link.Version) && other.To.Has(own.Address));
            var message = $"allowed IPs of {link.To.ShortName} do not have its own address {own.Address} ({Remarks.At(own.Place.Position)}): what it sends itself is dropped, such as the ICMP errors that say a packet is too big for the path";
            if (isTaken)
            {
                remarks.Warning(this, last.Place.Position, $"{message}; and another peer of this host has the same address, so only one can be allowed it", $"{name}{string.Join(separator, peer.AllowedIps.Select(a => a.ToString()).Append(whole))}, after one of the two has got another address", null, own.Place.Position);
                continue;
            }

            List<string> items = [.. peer.AllowedIps.Select(a => a.ToString()), whole];
            remarks.Warning(this, last.Place.Position, message, link.Version.Form == TunnelForm.Authority ? $"{name}{whole}" : name + string.Join(separator, items),
                link.Version.Form == TunnelForm.Authority ? null : last.Place.ReplaceWith($"{last.Place}{separator}{whole}"), own.Place.Position);
        }
    }
}
