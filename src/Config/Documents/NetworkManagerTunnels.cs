using System;
using System.Collections.Generic;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>NetworkManager's keyfile as a tunnel.</summary>
internal static class NetworkManagerTunnels
{
    private const string PeerPrefix = "wireguard-peer.";

    internal static bool Is(IniBlock block) => block.Has("connection") && block.Has("wireguard");

    internal static Tunnel Read(IniBlock block, TunnelBuilder builder)
    {
        var tunnel = new Tunnel
        {
            Source = builder.Source,
            Position = block.Find("wireguard")!.Position,
            Form = TunnelForm.NetworkManager,
            IsInProse = builder.IsInProse,
            HasQuickSettings = true,
            MakesRoutes = true,
            InsertAt = block.Find("wireguard")!.InsertAt,
        };
        foreach (var setting in block.Find("connection")!.Settings)
        {
            if (setting.Is("interface-name"))
                tunnel = tunnel with { InterfaceName = setting.Value.Text };
            else if (setting.Is("id"))
                tunnel = tunnel with { Label = setting.Value.Text, LabelKind = LabelKind.FileName, LabelPosition = setting.Value.Position };
        }

        foreach (var setting in block.Find("wireguard")!.Settings)
            tunnel = Wireguard(tunnel, setting, builder);
        var addresses = new List<WrittenPrefix>();
        var routes = new List<IpPrefix>();
        foreach (var family in new[] { "ipv4", "ipv6" })
        {
            foreach (var section in block.All(family))
            {
                foreach (var setting in section.Settings)
                    tunnel = Family(tunnel, setting, addresses, routes, builder);
            }
        }

        var peers = new List<TunnelPeer>();
        foreach (var section in block.StartingWith(PeerPrefix))
            peers.Add(Peer(section, builder));
        return tunnel with { Addresses = addresses, Routes = routes, Peers = peers };
    }

    private static Tunnel Wireguard(Tunnel tunnel, IniSetting setting, TunnelBuilder builder)
    {
        var value = setting.Value;
        switch (setting.Name.Text)
        {
            case "private-key":
                var key = WrittenKey.Private(value);
                builder.Key(key, "private-key");
                return tunnel with { PrivateKey = key };
            case "private-key-flags":
                return tunnel with { HasKeyElsewhere = value.Text != "0" };
            case "listen-port" when value.Text != "0":
                return tunnel with { ListenPort = (ushort?)builder.Number(value, "listen-port", 0, 65535, "NetworkManager refuses it"), ListenPortPosition = value.Position };
            case "mtu" when value.Text != "0":
                return tunnel with { Mtu = builder.Number(value, "mtu", 68, 65535, "NetworkManager refuses it"), MtuPlace = value };
            case "peer-routes":
                return tunnel with { MakesRoutes = value.Text is not ("false" or "no" or "0"), Table = value };
            default:
                return tunnel;
        }
    }

    private static Tunnel Family(Tunnel tunnel, IniSetting setting, List<WrittenPrefix> addresses, List<IpPrefix> routes, TunnelBuilder builder)
    {
        var name = setting.Name.Text.ToLowerInvariant();
        if (name.StartsWith("address", StringComparison.Ordinal))
        {
            // address1=ADDRESS/LENGTH[,GATEWAY]; addresses=A;B;
            foreach (var item in TunnelBuilder.Split(setting.Value, ';'))
            {
                var comma = item.Text.IndexOf(',', StringComparison.Ordinal);
                builder.Prefixes(addresses, comma < 0 ? item : item.Slice(0, comma).Trim(), setting.Name.Text);
            }
        }
        else if (name.StartsWith("route", StringComparison.Ordinal) && char.IsAsciiDigit(name[^1]))
        {
            if (IpPrefix.TryParse(setting.Value.Text.Split(',')[0], out var route))
                routes.Add(route);
        }
        else if (name == "dns")
        {
            return tunnel with { HasNameServers = setting.Value.Text.Length > 0 };
        }
        else if (name == "method" && setting.Value.Text is "auto" or "shared")
        {
            return tunnel with { HasAddressesElsewhere = true, Forwards = setting.Value.Text == "shared" };
        }

        return tunnel;
    }

    private static TunnelPeer Peer(IniSection section, TunnelBuilder builder)
    {
        var at = section.Position with { Column = section.Position.Column + PeerPrefix.Length };
        var start = builder.Source.Text.LastIndexOf('[', Math.Max(0, section.InsertAt - 1)) + 1 + PeerPrefix.Length;
        var key = WrittenKey.Public(new Written(section.Name[PeerPrefix.Length..], at, start));
        builder.Key(key, "[wireguard-peer.KEY]");
        var peer = new TunnelPeer { Position = section.Position, InsertAt = section.InsertAt, PublicKey = key, Label = section.Comment };
        var allowed = new List<WrittenPrefix>();
        foreach (var setting in section.Settings)
        {
            var value = setting.Value;
            switch (setting.Name.Text)
            {
                case "endpoint":
                    peer = peer with { Endpoint = TunnelBuilder.Endpoint(value) };
                    break;
                case "allowed-ips":
                    builder.Prefixes(allowed, value, "allowed-ips", ';');
                    peer = peer with { HasAllowedIps = value.Text.Length > 0 };
                    break;
                case "persistent-keepalive":
                    peer = peer with { Keepalive = builder.Number(value, "persistent-keepalive", 0, 65535, "NetworkManager refuses it") ?? 0 };
                    break;
                case "preshared-key":
                    peer = peer with { PresharedKey = WrittenKey.Preshared(value) };
                    builder.Key(peer.PresharedKey, "preshared-key");
                    break;
                case "preshared-key-flags":
                    peer = peer with { HasPresharedKeyElsewhere = value.Text is not ("0" or "4") };
                    break;
            }
        }

        return peer with { AllowedIps = allowed };
    }
}
