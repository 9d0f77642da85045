using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Netlink;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Kernel;

/// <summary>
/// A device from the messages of a WG_CMD_GET_DEVICE dump. A peer whose prefixes did not fit comes again in the next message
/// with its key and further prefixes only: adjacent peers of one key are one.
/// </summary>
internal sealed class StateReader(string name)
{
    private readonly List<PeerState> _peers = [];
    private DeviceState _device = new() { Name = name };

    /// <summary>Everything read.</summary>
    internal DeviceState Finish() => _device with { Peers = _peers };

    /// <summary>Takes the attributes of one message.</summary>
    /// <exception cref="DeviceException">EINVAL: a peer has no key, or a prefix is none.</exception>
    internal void Add(ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case WireGuardNetlink.Device.InterfaceName:
                    _device = _device with { Name = reader.Text() };
                    break;
                case WireGuardNetlink.Device.PrivateKey when reader.Payload.Length == PrivateKey.Size:
                    var privateKey = PrivateKey.FromBytes(reader.Payload);
                    _device = _device with { PrivateKey = privateKey };
                    break;
                case WireGuardNetlink.Device.PublicKey when reader.Payload.Length == PublicKey.Size:
                    _device = _device with { PublicKey = PublicKey.FromBytes(reader.Payload) };
                    break;
                case WireGuardNetlink.Device.ListenPort:
                    _device = _device with { ListenPort = reader.UInt16() };
                    break;
                case WireGuardNetlink.Device.FwMark:
                    _device = _device with { FwMark = reader.UInt32() };
                    break;
                case WireGuardNetlink.Device.Peers:
                    var peers = reader.Nested();
                    while (peers.Next())
                        Add(Peer(peers.Nested()));
                    break;
            }
        }
    }

    private void Add(PeerState peer)
    {
        if (_peers.Count > 0 && _peers[^1].PublicKey == peer.PublicKey)
            _peers[^1] = _peers[^1] with { AllowedIps = [.. _peers[^1].AllowedIps, .. peer.AllowedIps] };
        else
            _peers.Add(peer);
    }

    private static PeerState Peer(AttributeReader reader)
    {
        PublicKey? publicKey = null;
        var peer = new PeerState { PublicKey = default };
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case WireGuardNetlink.Peer.PublicKey when reader.Payload.Length == PublicKey.Size:
                    publicKey = PublicKey.FromBytes(reader.Payload);
                    break;
                case WireGuardNetlink.Peer.PresharedKey when reader.Payload.Length == PresharedKey.Size:
                    var presharedKey = PresharedKey.FromBytes(reader.Payload);
                    peer = peer with { PresharedKey = presharedKey.IsZero ? null : presharedKey };
                    break;
                case WireGuardNetlink.Peer.Endpoint:
                    peer = peer with { Endpoint = SocketAddress.Read(reader.Payload) };
                    break;
                case WireGuardNetlink.Peer.PersistentKeepalive:
                    peer = peer with { PersistentKeepalive = reader.UInt16() };
                    break;
                case WireGuardNetlink.Peer.LastHandshakeTime when reader.Payload.Length == 2 * sizeof(long):
                    peer = peer with
                    {
                        LastHandshakeSeconds = MemoryMarshal.Read<long>(reader.Payload),
                        LastHandshakeNanoseconds = (int)MemoryMarshal.Read<long>(reader.Payload[sizeof(long)..]),
                    };
                    break;
                case WireGuardNetlink.Peer.ReceivedBytes:
                    peer = peer with { ReceivedBytes = reader.UInt64() };
                    break;
                case WireGuardNetlink.Peer.SentBytes:
                    peer = peer with { SentBytes = reader.UInt64() };
                    break;
                case WireGuardNetlink.Peer.ProtocolVersion:
                    peer = peer with { ProtocolVersion = (int)reader.UInt32() };
                    break;
                case WireGuardNetlink.Peer.AllowedIps:
                    peer = peer with { AllowedIps = AllowedIps(reader.Nested()) };
                    break;
            }
        }

        return peer with { PublicKey = publicKey ?? throw new DeviceException(Errno.EINVAL) };
    }

    private static List<AllowedIp> AllowedIps(AttributeReader reader)
    {
        var allowedIps = new List<AllowedIp>();
        while (reader.Next())
            allowedIps.Add(AllowedIp(reader.Nested()));
        return allowedIps;
    }

    private static AllowedIp AllowedIp(AttributeReader reader)
    {
        IpAddress? address = null;
        int? length = null;
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case WireGuardNetlink.AllowedIp.Address when reader.Payload.Length is 4 or 16:
                    address = IpAddress.FromBytes(reader.Payload);
                    break;
                case WireGuardNetlink.AllowedIp.Length:
                    length = reader.Byte();
                    break;
            }
        }

        return address is { } ip && length <= ip.BitLength ? new AllowedIp(ip, length.Value) : throw new DeviceException(Errno.EINVAL);
    }
}
