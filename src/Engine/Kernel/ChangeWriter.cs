using System;
using Warren.Engine.Uapi;
using Warren.Linux.Netlink;
using Warren.Protocol.Keys;

namespace Warren.Engine.Kernel;

/// <summary>
/// A change as WG_CMD_SET_DEVICE messages: as many as it takes. What clears a list (replace peers, replace allowed IPs) is
/// said in the first message that names it and never again; a peer whose prefixes do not fit goes on in the next message.
/// </summary>
internal sealed class ChangeWriter(string name, DeviceChange change)
{
    private int _peer;
    private int _allowedIp;
    private bool _isStarted;

    /// <summary>Whether everything was written.</summary>
    internal bool IsDone => _isStarted && _peer == change.Peers.Count;

    /// <summary>Writes the attributes of the next message and returns their length.</summary>
    /// <exception cref="ArgumentException">Not even one prefix fits the buffer.</exception>
    internal int Write(Span<byte> buffer)
    {
        var writer = new AttributeWriter(buffer);
        writer.AddText(WireGuardNetlink.Device.InterfaceName, name);
        if (!_isStarted)
            WriteDevice(ref writer);
        _isStarted = true;
        if (change.Peers.Count > 0)
        {
            var (startPeer, startAllowedIp) = (_peer, _allowedIp);
            var peers = writer.Begin(WireGuardNetlink.Device.Peers);
            while (_peer < change.Peers.Count && TryWrite(ref writer, change.Peers[_peer]))
                (_peer, _allowedIp) = (_peer + 1, 0);
            writer.End(peers);
            if ((_peer, _allowedIp) == (startPeer, startAllowedIp))
                throw new ArgumentException("the buffer is too small for one peer", nameof(buffer));
        }

        return writer.Length;
    }

    private void WriteDevice(ref AttributeWriter writer)
    {
        if (change.PrivateKey is { } privateKey)
        {
            Span<byte> secret = stackalloc byte[PrivateKey.Size];
            privateKey.CopyTo(secret);
            writer.Add(WireGuardNetlink.Device.PrivateKey, secret);
            secret.Clear();
        }

        if (change.ListenPort is { } port)
            writer.AddUInt16(WireGuardNetlink.Device.ListenPort, port);
        if (change.FwMark is { } mark)
            writer.AddUInt32(WireGuardNetlink.Device.FwMark, mark);
        if (change.ReplacePeers)
            writer.AddUInt32(WireGuardNetlink.Device.Flags, WireGuardNetlink.Device.ReplacePeers);
    }

    /// <summary>False: this message is full, and what is left of the peer goes into the next.</summary>
    private bool TryWrite(ref AttributeWriter writer, PeerChange peer)
    {
        var start = writer.Length;
        var nest = writer.Begin(0);
        Span<byte> bytes = stackalloc byte[PublicKey.Size];
        peer.PublicKey.Write(bytes);
        writer.Add(WireGuardNetlink.Peer.PublicKey, bytes);
        if (_allowedIp == 0)
            WriteSettings(ref writer, peer);
        if (writer.HasOverflowed)
        {
            writer.Rewind(start);
            return false;
        }

        var isWhole = peer.Remove || peer.AllowedIps.Count == 0 || TryWriteAllowedIps(ref writer, peer, start);
        if (writer.Length > start)
            writer.End(nest);
        return isWhole;
    }

    private static void WriteSettings(ref AttributeWriter writer, PeerChange peer)
    {
        var flags = (peer.Remove ? WireGuardNetlink.Peer.RemoveMe : 0)
            | (peer.UpdateOnly ? WireGuardNetlink.Peer.UpdateOnly : 0)
            | (peer.ReplaceAllowedIps && !peer.Remove ? WireGuardNetlink.Peer.ReplaceAllowedIps : 0);
        if (!peer.Remove)
        {
            if (peer.PresharedKey is { } presharedKey)
            {
                Span<byte> secret = stackalloc byte[PresharedKey.Size];
                presharedKey.CopyTo(secret);
                writer.Add(WireGuardNetlink.Peer.PresharedKey, secret);
                secret.Clear();
            }

            if (peer.Endpoint is { } endpoint)
            {
                Span<byte> address = stackalloc byte[SocketAddress.MaxSize];
                writer.Add(WireGuardNetlink.Peer.Endpoint, address[..SocketAddress.Write(endpoint, address)]);
            }

            if (peer.PersistentKeepalive is { } seconds)
                writer.AddUInt16(WireGuardNetlink.Peer.PersistentKeepalive, seconds);
        }

        if (flags != 0)
            writer.AddUInt32(WireGuardNetlink.Peer.Flags, flags);
    }

    /// <summary>Writes prefixes from where the last message ended; takes the whole peer back when not even one fits.</summary>
    private bool TryWriteAllowedIps(ref AttributeWriter writer, PeerChange peer, int peerStart)
    {
        var first = _allowedIp;
        var list = writer.Begin(WireGuardNetlink.Peer.AllowedIps);
        for (; _allowedIp < peer.AllowedIps.Count && !writer.HasOverflowed; _allowedIp++)
        {
            var start = writer.Length;
            Write(ref writer, peer.AllowedIps[_allowedIp]);
            if (!writer.HasOverflowed)
                continue;
            writer.Rewind(start);
            break;
        }

        if (_allowedIp == first)
        {
            writer.Rewind(peerStart);
            return false;
        }

        writer.End(list);
        return _allowedIp == peer.AllowedIps.Count;
    }

    private static void Write(ref AttributeWriter writer, AllowedIpChange allowedIp)
    {
        Span<byte> address = stackalloc byte[16];
        var nest = writer.Begin(0);
        writer.AddUInt16(WireGuardNetlink.AllowedIp.Family, allowedIp.Address.IsIPv6 ? WireGuardNetlink.V6 : WireGuardNetlink.V4);
        writer.Add(WireGuardNetlink.AllowedIp.Address, address[..allowedIp.Address.Write(address)]);
        writer.AddByte(WireGuardNetlink.AllowedIp.Length, (byte)allowedIp.Length);
        if (allowedIp.Remove)
            writer.AddUInt32(WireGuardNetlink.AllowedIp.Flags, WireGuardNetlink.AllowedIp.RemoveMe);
        writer.End(nest);
    }
}
