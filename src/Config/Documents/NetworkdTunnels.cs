using System;
using System.Collections.Generic;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>systemd-networkd's .netdev as a tunnel, and its .network as the part of one.</summary>
internal static class NetworkdTunnels
{
    internal static bool Is(IniBlock block) => block.Has("WireGuard") && !block.Has("connection");

    internal static bool IsNetwork(IniBlock block) => block.Has("Match") && block.Has("Network");

    internal static Tunnel Read(IniBlock block, TunnelBuilder builder)
    {
        var section = block.Find("WireGuard")!;
        var tunnel = new Tunnel
        {
            Source = builder.Source,
            Position = section.Position,
            Form = TunnelForm.Networkd,
            IsInProse = builder.IsInProse,
            HasQuickSettings = true,
            HasAddressesElsewhere = true,
            InsertAt = section.InsertAt,
        };
        foreach (var setting in block.Find("NetDev")?.Settings ?? [])
        {
            if (setting.Is("Name"))
                tunnel = tunnel with { InterfaceName = setting.Value.Text };
            else if (setting.Is("MTUBytes"))
                tunnel = tunnel with { Mtu = builder.Number(setting.Value, "MTUBytes", 68, 65535, "networkd ignores it"), MtuPlace = setting.Value };
        }

        foreach (var setting in section.Settings)
        {
            if (setting.Is("PrivateKey"))
            {
                tunnel = setting.Value.Text.StartsWith('@') ? tunnel with { HasKeyElsewhere = true } : tunnel with { PrivateKey = WrittenKey.Private(setting.Value) };
                if (tunnel.PrivateKey is { } key)
                    builder.Key(key, "PrivateKey");
            }
            else if (setting.Is("PrivateKeyFile"))
            {
                tunnel = tunnel with { HasKeyElsewhere = true };
            }
            else if (setting.Is("ListenPort") && setting.Value.Text != "auto")
            {
                tunnel = tunnel with { ListenPort = (ushort?)builder.Number(setting.Value, "ListenPort", 1, 65535, "networkd ignores it"), ListenPortPosition = setting.Value.Position };
            }
            else if (setting.Is("RouteTable"))
            {
                tunnel = tunnel with { MakesRoutes = !setting.Value.Text.Equals("off", StringComparison.OrdinalIgnoreCase), Table = setting.Value };
            }
        }

        var peers = new List<TunnelPeer>();
        foreach (var peer in block.All("WireGuardPeer"))
        {
            peers.Add(Peer(peer, builder));
            tunnel = tunnel with { MakesRoutes = tunnel.MakesRoutes || peer.Settings.Exists(s => s.Is("RouteTable") && s.Value.Text != "off") };
        }

        return tunnel with { Peers = peers };
    }

    /// <summary>What a .network says of the interface that a .netdev makes.</summary>
    internal static NetworkPart ReadNetwork(IniBlock block, TunnelBuilder builder)
    {
        var addresses = new List<WrittenPrefix>();
        var routes = new List<IpPrefix>();
        string? name = null;
        bool forwards = false, hasNameServers = false;
        foreach (var section in block.Sections)
        {
            foreach (var setting in section.Settings)
            {
                var value = setting.Value;
                if (section.Is("Match") && setting.Is("Name"))
                    name = value.Text;
                else if (setting.Is("Address") && (section.Is("Network") || section.Is("Address")))
                    builder.Prefixes(addresses, value, "Address");
                else if (section.Is("Route") && setting.Is("Destination") && IpPrefix.TryParse(value.Text, out var route))
                    routes.Add(route);
                else if (section.Is("Network") && setting.Is("DNS"))
                    hasNameServers = true;
                else if (section.Is("Network") && (setting.Is("IPForward") || setting.Is("IPv4Forwarding") || setting.Is("IPv6Forwarding") || setting.Is("IPMasquerade")))
                    forwards |= value.Text is not ("no" or "false" or "0" or "off");
            }
        }

        return new NetworkPart(builder.Source, name, block.Find("Network")!.Position, block.Find("Network")!.InsertAt, addresses, routes, forwards, hasNameServers);
    }

    private static TunnelPeer Peer(IniSection section, TunnelBuilder builder)
    {
        var peer = new TunnelPeer { Position = section.Position, InsertAt = section.InsertAt, Label = section.Comment };
        var allowed = new List<WrittenPrefix>();
        foreach (var setting in section.Settings)
        {
            var value = setting.Value;
            if (setting.Is("PublicKey"))
            {
                peer = peer with { PublicKey = WrittenKey.Public(value) };
                builder.Key(peer.PublicKey, "PublicKey");
            }
            else if (setting.Is("PresharedKey") && !value.Text.StartsWith('@'))
            {
                peer = peer with { PresharedKey = WrittenKey.Preshared(value) };
                builder.Key(peer.PresharedKey, "PresharedKey");
            }
            else if (setting.Is("PresharedKeyFile") || setting.Is("PresharedKey"))
            {
                peer = peer with { HasPresharedKeyElsewhere = true };
            }
            else if (setting.Is("AllowedIPs"))
            {
                builder.Prefixes(allowed, value, "AllowedIPs");
                peer = peer with { HasAllowedIps = peer.HasAllowedIps || value.Text.Length > 0 };
            }
            else if (setting.Is("Endpoint"))
            {
                peer = peer with { Endpoint = TunnelBuilder.Endpoint(value) };
            }
            else if (setting.Is("PersistentKeepalive") && value.Text != "off")
            {
                peer = peer with { Keepalive = builder.Number(value, "PersistentKeepalive", 0, 65535, "networkd ignores it") ?? 0 };
            }
        }

        return peer with { AllowedIps = allowed };
    }
}
