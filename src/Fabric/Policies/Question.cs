using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Policies;

/// <summary>A question as an operator asks it, made into a packet: from and to an address, a peer, an interface or a service; and a protocol and port.</summary>
public sealed class Question
{
    private readonly Router _router;
    private readonly Authority _authority;
    private readonly List<(DeviceInterface Device, NetworkInterface Network)> _interfaces = [];

    private Question(Authority authority, Router router, RouterNode node)
    {
        (_authority, _router) = (authority, router);
        foreach (var device in node.Devices)
        {
            foreach (var network in device.Interfaces)
                _interfaces.Add((device, network));
        }
    }

    /// <summary>Makes a packet of a question.</summary>
    /// <param name="authority">The configuration with everything generated.</param>
    /// <param name="router">Where it is asked.</param>
    /// <param name="node">At which node.</param>
    /// <param name="from">"10.10.10.2", "p1" (a peer), "lan" (an interface), or "10.1.1.5@lan".</param>
    /// <param name="to">An address, a peer, or a service.</param>
    /// <param name="transport">"tcp/80", "icmp"; null for what the service speaks, else icmp.</param>
    /// <param name="packet">The packet.</param>
    /// <returns>Null, or what is wrong with the question.</returns>
    public static string? TryAsk(Authority authority, Router router, RouterNode node, string from, string to, string? transport, out Packet packet)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        packet = default;
        var question = new Question(authority, router, node);
        var service = authority.Services.FirstOrDefault(s => s.Name == to);
        var wanted = default(bool?);
        if (IpAddress.TryParse(to, out var direct))
            wanted = direct.IsIPv6;
        if (question.Source(from, wanted, out var network, out var source) is { } problem)
            return problem;
        if (question.Destination(to, service, source.IsIPv6, out var destination) is { } wrong)
            return wrong;
        if (source.IsIPv6 != destination.IsIPv6)
            return $"{source} and {destination} are of two families";
        if (!TryTransport(transport, service, out var protocol, out var port))
            return $"\"{transport}\" is no transport: write tcp/443, udp/53, icmp, gre, esp or pim";
        packet = new Packet(network, source, destination, protocol, port);
        return null;
    }

    private string? Source(string from, bool? isIPv6, out string network, out IpAddress source)
    {
        network = "";
        source = default;
        var at = from.IndexOf('@');
        if (at >= 0)
        {
            network = from[(at + 1)..];
            var named = network;
            if (_interfaces.All(i => i.Network.Name != named))
                return $"router {_router.Name} has no interface {network}{Near(network)}";
            return IpAddress.TryParse(from.AsSpan(0, at), out source) ? null : $"\"{from[..at]}\" is no address";
        }

        if (IpAddress.TryParse(from, out source))
            return Ingress(source, out network);
        foreach (var profile in _router.Profiles)
        {
            foreach (var peer in profile.Peers)
            {
                if (peer.Name != from)
                    continue;
                network = GeneratedNames.Interface(profile.Name);
                var own = peer.AllowedIps.Where(allowed => isIPv6 is null || allowed.IsIPv6 == isIPv6).OrderByDescending(allowed => allowed.Length).ToArray();
                if (own.Length == 0)
                    return $"peer {from} has no allowed IP{(isIPv6 is null ? "" : isIPv6.Value ? " of IPv6" : " of IPv4")}";
                source = own[0].Address;
                return null;
            }
        }

        foreach (var (_, candidate) in _interfaces)
        {
            if (candidate.Name != from)
                continue;
            network = from;
            var address = candidate.Addresses.FirstOrDefault(a => isIPv6 is null || a.Address.IsIPv6 == isIPv6);
            if (address is null || candidate.IsGenerated)
                return $"interface {from} has no address to take a source from: write ADDRESS@{from}";
            source = Neighbour(address);
            return null;
        }

        return $"\"{from}\" is no address, and neither a peer nor an interface of router {_router.Name}{Near(from)}";
    }

    // By which interface a source comes in: where its peer is, then where its network is, then by the gateway.
    private string? Ingress(IpAddress source, out string network)
    {
        network = "";
        var best = -1;
        foreach (var (_, candidate) in _interfaces)
        {
            foreach (var address in candidate.IsGenerated ? [] : candidate.Addresses)
            {
                if (address.PrefixLength > best && address.PrefixLength < address.Address.BitLength && new IpPrefix(address.Address, address.PrefixLength).Contains(source))
                    (best, network) = (address.PrefixLength, candidate.Name);
            }
        }

        foreach (var profile in _router.Profiles)
        {
            if (Policy.FindPeer(profile, source) is { } peer && peer.Prefix.Length > best && _interfaces.Any(i => i.Network.Name == GeneratedNames.Interface(profile.Name)))
                (best, network) = (peer.Prefix.Length, GeneratedNames.Interface(profile.Name));
        }

        if (best >= 0)
            return null;
        foreach (var (_, candidate) in _interfaces)
        {
            if (!candidate.IsGenerated && candidate.Addresses.Any(a => a.Gateway?.IsIPv6 == source.IsIPv6))
            {
                network = candidate.Name;
                return null;
            }
        }

        return $"{source} is in no network of router {_router.Name}, which has no gateway either: write {source}@INTERFACE";
    }

    private string? Destination(string to, Service? service, bool isIPv6, out IpAddress destination)
    {
        if (IpAddress.TryParse(to, out destination))
            return null;
        foreach (var profile in _router.Profiles)
        {
            foreach (var peer in profile.Peers)
            {
                var own = peer.Name == to ? peer.AllowedIps.Where(a => a.IsIPv6 == isIPv6).OrderByDescending(a => a.Length).ToArray() : [];
                if (own.Length == 0)
                    continue;
                destination = own[0].Address;
                return null;
            }
        }

        if (service is null)
            return $"\"{to}\" is no address, no peer of router {_router.Name} and no service{Suggest(to, _authority.Services.Select(s => s.Name))}";
        foreach (var address in service.Addresses)
        {
            if (address.Prefix is not { } prefix || prefix.IsIPv6 != isIPv6)
                continue;
            destination = prefix.Address;
            if (prefix.Length < prefix.Address.BitLength - 1)
                destination = prefix.IsIPv6 ? IpAddress.V6(prefix.Address.Bits + 1) : IpAddress.V4((uint)prefix.Address.Low + 1);
            return null;
        }

        return $"service {to} has no {(isIPv6 ? "IPv6" : "IPv4")} address";
    }

    private static bool TryTransport(string? text, Service? service, out IpProtocol protocol, out ushort port)
    {
        (protocol, port) = (IpProtocol.Icmp, 0);
        if (text is null)
        {
            if (service?.Transports is [var first, ..])
                (protocol, port) = (first.Protocol, first.Ports is [var range, ..] ? range.From : (ushort)0);
            return true;
        }

        var slash = text.IndexOf('/');
        var word = slash < 0 ? text : text[..slash];
        if (!IpProtocols.Type.TryRead(word.ToLowerInvariant(), out var value, out _, out _))
            return false;
        protocol = (IpProtocol)value;
        if (slash < 0)
            return true;
        return IpProtocols.HasPorts(protocol) && ushort.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
    }

    // Another host of the interface's network.
    private static IpAddress Neighbour(InterfaceAddress address)
    {
        if (address.PrefixLength >= address.Address.BitLength - 1)
            return address.Gateway ?? address.Address;
        var network = new IpPrefix(address.Address, address.PrefixLength).Address;
        for (uint host = 2; ; host++)
        {
            var candidate = network.IsIPv6 ? IpAddress.V6(network.Bits + host) : IpAddress.V4((uint)network.Low + host);
            if (candidate != address.Address && candidate != address.Gateway)
                return candidate;
        }
    }

    private string Near(string name) => Suggest(name, [.. _interfaces.Select(i => i.Network.Name), .. _router.Profiles.SelectMany(p => p.Peers).Select(p => p.Name)]);

    private static string Suggest(string name, IEnumerable<string> names) => Spelling.Nearest(name, names) is { } near ? $"; was {near} meant?" : "";
}
