using System;
using System.Collections.Generic;
using System.IO;
using Warren.Engine.Drops;
using Warren.Engine.Uapi;

namespace Warren.Engine;

/// <content>What a device says of itself: UAPI <c>get=1</c>, and <c>get_drops=1</c> of ours.</content>
internal sealed partial class Device
{
    /// <summary>Writes the answer to <c>get=1</c>. Its keys are the device's own: hence written here, under the lock.</summary>
    public void Describe(TextWriter writer)
    {
        lock (_configuring)
        {
            UapiText.WriteDevice(
                new DeviceState
                {
                    Name = _tun.Name,
                    PrivateKey = _privateKey,
                    PublicKey = _identity?.PublicKey,
                    ListenPort = _listenPort,
                    FwMark = _fwMark,
                },
                writer);
            for (var peer = _peers.First; peer is not null; peer = peer.Next)
                UapiText.WritePeer(StateOf(peer), writer);
            UapiText.WriteErrno(default, writer);
        }
    }

    /// <summary>What was dropped, and why.</summary>
    public DropReport ReportDrops()
    {
        lock (_configuring)
        {
            var peers = new List<PeerDrops>();
            for (var peer = _peers.First; peer is not null; peer = peer.Next)
            {
                lock (peer.Gate)
                {
                    if (peer.HasDrops)
                        peers.Add(new PeerDrops(peer.Key, peer.Drops.ToArray()));
                }
            }

            return new DropReport(DropTable.Join(Array.ConvertAll(_workers, static worker => worker.Drops.ToArray())), peers);
        }
    }

    private PeerState StateOf(Peer peer)
    {
        var prefixes = AllowedIps.PrefixesOf(peer);
        var allowedIps = new AllowedIp[prefixes.Count];
        for (var i = 0; i < allowedIps.Length; i++)
            allowedIps[i] = new AllowedIp(prefixes[i].Address, prefixes[i].Length);
        lock (peer.Gate)
        {
            return new PeerState
            {
                PublicKey = peer.Key,
                PresharedKey = peer.PresharedKey,
                Endpoint = peer.Tunnel.HasEndpoint ? peer.Tunnel.Path.Remote : null,
                LastHandshakeSeconds = peer.LastHandshakeSeconds,
                LastHandshakeNanoseconds = peer.LastHandshakeNanoseconds,
                ReceivedBytes = peer.ReceivedBytes,
                SentBytes = peer.SentBytes,
                PersistentKeepalive = peer.Tunnel.PersistentKeepalive,
                AllowedIps = allowedIps,
            };
        }
    }
}
