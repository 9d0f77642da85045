using System.Collections.Generic;
using System.Linq;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Config.WireGuard;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>The profiles of an authority's routers as tunnels.</summary>
internal sealed class AuthorityTunnels(SourceText source, IniDocument lines, bool isInProse)
{
    internal IEnumerable<Tunnel> Read(Authority authority) =>
        from router in authority.Routers from profile in router.Profiles select Read(router, profile);

    private Tunnel Read(Router router, WireguardProfile profile)
    {
        var addresses = new List<WrittenPrefix>();
        if (profile.PrivateNetwork is { } network)
        {
            foreach (var child in network.Node.ChildrenOf(PrivateNetwork.AddressLeaf))
                Add(addresses, child);
        }

        return new Tunnel
        {
            Source = source,
            Position = profile.Position,
            Form = TunnelForm.Authority,
            IsInProse = isInProse,
            HasQuickSettings = true,
            HasKeyElsewhere = true,
            MakesRoutes = true,
            Forwards = true,
            InterfaceName = profile.Name,
            Router = router.Name,
            Label = router.Name,
            LabelKind = LabelKind.Name,
            LabelPosition = router.Position,
            Addresses = addresses,
            ListenPort = profile.Port,
            ListenPortPosition = profile.PositionOf(WireguardProfile.PortLeaf),
            OuterAddresses = [.. Outer(router, profile.Name)],
            Peers = [.. profile.Peers.Where(peer => peer.IsEnabled).Select(Peer)],
        };
    }

    private static IEnumerable<IpAddress> Outer(Router router, string profile) =>
        from node in router.Nodes
        from device in node.Devices
        from network in device.Interfaces
        from address in network.Addresses
        where address.Profile == profile
        select address.Address;

    private TunnelPeer Peer(Peer peer)
    {
        var allowed = new List<WrittenPrefix>();
        foreach (var child in peer.Node.ChildrenOf(Model.Peer.AllowedIpLeaf))
            Add(allowed, child);
        return new TunnelPeer
        {
            Position = peer.Position,
            Label = peer.Name,
            PublicKey = peer.Node.Child(Model.Peer.PublicKeyLeaf) is { } key ? WrittenKey.Public(Place(key)) : null,
            PresharedKey = peer.Node.Child(Model.Peer.PresharedKeyLeaf) is { } preshared ? WrittenKey.Preshared(Place(preshared)) : null,
            Endpoint = peer.Endpoint is { } endpoint ? Endpoint(endpoint) : null,
            AllowedIps = allowed,
            HasAllowedIps = allowed.Count > 0,
            Keepalive = peer.Keepalive,
        };
    }

    private WrittenEndpoint? Endpoint(PeerEndpoint endpoint)
    {
        var host = endpoint.Node.Child(PeerEndpoint.AddressLeaf);
        var port = endpoint.Node.Child(PeerEndpoint.PortLeaf);
        return host is null ? null : new WrittenEndpoint(Place(host), host.Text, port?.Value is long number ? (ushort)number : null);
    }

    private void Add(List<WrittenPrefix> into, ConfigNode node)
    {
        if (WrittenPrefix.TryRead(Place(node), out var prefix))
            into.Add(prefix);
    }

    // A leaf's position is its value's. What is not written so, letter by letter, has a place but cannot be replaced.
    private Written Place(ConfigNode node)
    {
        var position = node.Position;
        if (position.Line < 1 || position.Line > lines.Lines.Count)
            return new Written(node.Text, position, 0);
        var line = lines.Lines[position.Line - 1];
        return new Written(node.Text, position, line.Start + position.Column - 1);
    }
}
