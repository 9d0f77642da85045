using System;
using System.Collections.Generic;
using Warren.Config.WireGuard;
using Warren.Engine.Uapi;

namespace Warren.Cli.Wg;

/// <summary>From what a text says (Config) to what is asked of a device (Engine): the two rooms do not know each other.</summary>
internal static class DeviceChanges
{
    internal static DeviceChange From(DeviceSettings settings) => new()
    {
        PrivateKey = settings.PrivateKey,
        ListenPort = settings.ListenPort,
        FwMark = settings.FwMark,
        ReplacePeers = settings.ReplacePeers,
        Peers = Each(settings.Peers, static peer => new PeerChange
        {
            PublicKey = peer.PublicKey,
            Remove = peer.Remove,
            PresharedKey = peer.PresharedKey,
            Endpoint = peer.Endpoint,
            PersistentKeepalive = peer.PersistentKeepalive,
            ReplaceAllowedIps = peer.ReplaceAllowedIps,
            AllowedIps = Each(peer.AllowedIps, static ip => new AllowedIpChange(ip.Address, ip.Length, ip.Remove)),
        }),
    };

    private static TTo[] Each<TFrom, TTo>(IReadOnlyList<TFrom> from, Func<TFrom, TTo> map)
    {
        var to = new TTo[from.Count];
        for (var i = 0; i < to.Length; i++)
            to[i] = map(from[i]);
        return to;
    }
}
