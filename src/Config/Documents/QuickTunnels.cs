using System;
using System.Collections.Generic;

namespace Warren.Config.Documents;

/// <summary>The INI of wg and wg-quick as a tunnel.</summary>
internal static class QuickTunnels
{
    internal static bool Is(IniBlock block) => block.Has("Interface") || block.Has("Peer");

    internal static Tunnel Read(IniBlock block, TunnelBuilder builder)
    {
        var tunnel = new Tunnel
        {
            Source = builder.Source,
            Position = block.Sections[0].Position,
            Form = TunnelForm.Quick,
            IsInProse = builder.IsInProse,
            IsFlat = block.IsFlat,
            IsFragment = !block.Has("Interface"),
            MakesRoutes = true,
        };
        var peers = new List<TunnelPeer>();
        foreach (var section in block.Sections)
        {
            if (section.Is("Interface"))
                tunnel = Interface(tunnel, section, builder);
            else if (section.Is("Peer"))
                peers.Add(Peer(section, builder));
            else if (!builder.IsInProse)
                builder.Remark("section-unknown", Severity.Error, $"there is no section [{section.Name}]: wg refuses the file", section.Position, "[Interface] or [Peer]");
        }

        return tunnel with { Peers = peers };
    }

    private static Tunnel Interface(Tunnel tunnel, IniSection section, TunnelBuilder builder)
    {
        var addresses = new List<WrittenPrefix>(tunnel.Addresses);
        var hooks = new List<Written>(tunnel.Hooks);
        tunnel = tunnel with { InsertAt = section.InsertAt };
        if (section.Comment is { } comment)
            tunnel = tunnel with { Label = comment, LabelKind = LabelKind.Name, LabelPosition = section.Position };
        foreach (var setting in section.Settings)
        {
            var value = setting.Value;
            switch (setting.Name.Text.ToUpperInvariant())
            {
                case "PRIVATEKEY":
                    tunnel = tunnel with { PrivateKey = WrittenKey.Private(value) };
                    builder.Key(tunnel.PrivateKey, "PrivateKey");
                    break;
                case "LISTENPORT":
                    tunnel = tunnel with { ListenPort = (ushort?)builder.Number(value, "ListenPort", 1, 65535, "wg refuses it"), ListenPortPosition = value.Position };
                    break;
                case "ADDRESS":
                    builder.Prefixes(addresses, value, "Address");
                    tunnel = tunnel with { HasQuickSettings = true };
                    break;
                case "MTU":
                    tunnel = tunnel with { Mtu = builder.Number(value, "MTU", 68, 65535, "the interface does not come up"), MtuPlace = value, HasQuickSettings = true };
                    break;
                case "TABLE":
                    tunnel = tunnel with { Table = value, MakesRoutes = !value.Text.Equals("off", StringComparison.OrdinalIgnoreCase), HasQuickSettings = true };
                    break;
                case "DNS":
                    tunnel = tunnel with { HasNameServers = true, HasQuickSettings = true };
                    break;
                case "SAVECONFIG":
                    tunnel = tunnel with { HasQuickSettings = true };
                    break;
                case "FWMARK":
                    break;
                case "PREUP" or "POSTUP" or "PREDOWN" or "POSTDOWN":
                    hooks.Add(value);
                    tunnel = tunnel with { HasQuickSettings = true };
                    break;
                default:
                    builder.Unknown(setting, "Interface", IniWords.Interface, "Peer", IniWords.Peer);
                    break;
            }
        }

        return HookReader.Apply(tunnel with { Addresses = addresses, Hooks = hooks });
    }

    private static TunnelPeer Peer(IniSection section, TunnelBuilder builder)
    {
        var peer = new TunnelPeer { Position = section.Position, InsertAt = section.InsertAt, Label = section.Comment };
        var allowed = new List<WrittenPrefix>();
        foreach (var setting in section.Settings)
        {
            var value = setting.Value;
            switch (setting.Name.Text.ToUpperInvariant())
            {
                case "PUBLICKEY":
                    peer = peer with { PublicKey = WrittenKey.Public(value) };
                    builder.Key(peer.PublicKey, "PublicKey");
                    break;
                case "PRESHAREDKEY":
                    peer = peer with { PresharedKey = WrittenKey.Preshared(value) };
                    builder.Key(peer.PresharedKey, "PresharedKey");
                    break;
                case "ALLOWEDIPS":
                    builder.Prefixes(allowed, value, "AllowedIPs", takesChanges: true);
                    peer = peer with { HasAllowedIps = peer.HasAllowedIps || value.Text.Length > 0 };
                    break;
                case "ENDPOINT":
                    peer = peer with { Endpoint = TunnelBuilder.Endpoint(value) };
                    break;
                case "PERSISTENTKEEPALIVE":
                    if (!value.Text.Equals("off", StringComparison.OrdinalIgnoreCase))
                        peer = peer with { Keepalive = builder.Number(value, "PersistentKeepalive", 0, 65535, "wg refuses it") ?? 0 };
                    break;
                default:
                    builder.Unknown(setting, "Peer", IniWords.Peer, "Interface", IniWords.Interface);
                    break;
            }
        }

        return peer with { AllowedIps = allowed };
    }
}
