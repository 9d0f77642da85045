using System.Diagnostics.CodeAnalysis;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine;

/// <content>What may be asked of a device: UAPI <c>set=1</c>, with the meaning it has for wireguard-go.</content>
internal sealed partial class Device
{
    /// <summary>
    /// Applies a change and takes over its keys. The order is that of wg's requests: private key, port, mark, peers. The first error ends
    /// it; what came before stays applied.
    /// </summary>
    public Errno Configure(DeviceChange change)
    {
        lock (_configuring)
        {
            if (change.PrivateKey is { } privateKey)
                SetPrivateKey(privateKey);
            if ((change.ListenPort is not null || change.BindAddress is not null)
                && SetPort(change.BindAddress ?? _bindAddress, change.ListenPort ?? _listenPort) is var portError and not Errno.None)
                return portError;
            if (change.FwMark is { } mark && SetMark(mark) is var markError and not Errno.None)
                return markError;
            if (change.ReplacePeers)
            {
                while (_peers.First is { } first)
                    RemovePeer(first);
            }

            foreach (var peer in change.Peers)
            {
                if (Configure(peer) is var error and not Errno.None)
                    return error;
            }

            return Errno.None;
        }
    }

    private void SetPrivateKey(PrivateKey key)
    {
        // wg syncconf says the same key again and again: sessions survive that.
        if (_privateKey is { } present && present.FixedTimeEquals(key))
        {
            key.Dispose();
            return;
        }

        var (oldKey, oldIdentity) = (_privateKey, _identity);
        _privateKey = null;
        LocalIdentity? identity = null;
        if (key.IsZero)
        {
            key.Dispose();
        }
        else
        {
            _privateKey = key;
            identity = new LocalIdentity(key, _primitives);

            // A device is no peer of its own.
            if (_peers.TryFind(identity.PublicKey, out var self))
                RemovePeer(self);
        }

        _cookies = identity is null ? null : new CookieChecker(identity.PublicKey);
        _identity = identity;
        for (var peer = _peers.First; peer is not null; peer = peer.Next)
            Use(peer, (tunnel, now) => tunnel.SetIdentity(now, identity));

        // Once every worker has ended a turn none holds the old identity.
        foreach (var worker in _workers)
            worker.Invoke(static () => { });
        oldIdentity?.Dispose();
        oldKey?.Dispose();
    }

    private Errno SetPort(IpAddress address, ushort number)
    {
        if (!_isUp)
        {
            // Opened only when the link is up, but a port in use is told now, to whoever asks for it.
            if (number != 0 && !TryProbe(address, number, out var inUse))
                return inUse.Errno;
            (_bindAddress, _listenPort) = (address, number);
            return Errno.None;
        }

        if (_port is { } open && open.Number == number && address == _bindAddress)
            return Errno.None;
        if (!TryOpenPort(address, number, out var failure))
        {
            Log.Error("cannot listen on {0} port {1}: {2}", address.IsUnspecified ? "UDP" : address, number, failure.Reason);
            return failure.Errno;
        }

        _bindAddress = address;
        return Errno.None;
    }

    private bool TryProbe(IpAddress address, ushort number, [NotNullWhen(false)] out LinuxException? failure)
    {
        failure = null;
        try
        {
            Port.Open(address, number, _fwMark, workers: 1).Dispose();
            return true;
        }
        catch (LinuxException caught)
        {
            failure = caught;
            Log.Error("cannot listen on UDP port {0}: {1}", number, caught.Reason);
            return false;
        }
    }

    private Errno SetMark(uint mark)
    {
        try
        {
            _port?.SetMark(mark);
            _fwMark = mark;
            return Errno.None;
        }
        catch (LinuxException failure)
        {
            Log.Error("cannot set fwmark 0x{0:x}: {1}", mark, failure.Reason);
            return failure.Errno;
        }
    }

    private Errno Configure(PeerChange change)
    {
        // Own key: accepted and ignored, so that one configuration may be given to all of a mesh.
        if (_identity is { } identity && identity.PublicKey == change.PublicKey)
        {
            change.PresharedKey?.Dispose();
            return Errno.None;
        }

        var exists = _peers.TryFind(change.PublicKey, out var peer);
        if (change.Remove || (change.UpdateOnly && !exists))
        {
            change.PresharedKey?.Dispose();
            if (exists && change.Remove)
                RemovePeer(peer!);
            return Errno.None;
        }

        if (!exists)
        {
            if (_peers.Count >= Constants.MaxPeers)
            {
                Log.Error("peer {0} is one too many: a device has at most {1}", change.PublicKey.ToShortString(), Constants.MaxPeers);
                return Errno.EINVAL;
            }

            peer = AddPeer(change.PublicKey);
        }

        Apply(change, peer!, isNew: !exists);
        return Errno.None;
    }

    private void Apply(PeerChange change, Peer peer, bool isNew)
    {
        lock (peer.Gate)
        {
            if (change.PresharedKey is { } key)
                peer.SetPresharedKey(key);
            if (change.Endpoint is { } endpoint)
                peer.Tunnel.SetEndpoint(endpoint);
        }

        if (change.ReplaceAllowedIps)
            AllowedIps.RemoveAll(peer);
        foreach (var allowedIp in change.AllowedIps)
        {
            var prefix = new IpPrefix(allowedIp.Address, allowedIp.Length);
            if (allowedIp.Remove)
                AllowedIps.Remove(prefix, peer);
            else
                AllowedIps.Insert(prefix, peer);
        }

        // Last: from 0 to more than 0 it speaks at once, and to the right address.
        lock (peer.Gate)
        {
            if (change.PersistentKeepalive is { } seconds)
                peer.Tunnel.SetPersistentKeepalive(Now, seconds);
            if (isNew && _isUp)
                peer.Tunnel.Start(Now);
            peer.Settle();
        }

        Tend(peer);
    }

    private Peer AddPeer(PublicKey key)
    {
        var home = _workers[_nextHome++ % _workers.Length];
        var peer = new Peer(new Tunnel(_identity, key, Indices, _primitives, SystemRandom.Shared), home);
        _peers.Add(peer);
        if (Log.IsDebug)
            Log.Debug("peer {0} added", key.ToShortString());
        return peer;
    }

    private void RemovePeer(Peer peer)
    {
        _peers.Remove(peer);
        AllowedIps.RemoveAll(peer);
        lock (peer.Gate)
            peer.Remove();
        Tend(peer);
        if (Log.IsDebug)
            Log.Debug("peer {0} removed", peer.Key.ToShortString());
    }
}
