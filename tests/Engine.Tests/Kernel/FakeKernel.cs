using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Warren.Engine.Kernel;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Kernel;

/// <summary>
/// The other end of the family, written from linux/wireguard.h without the code under test: attributes by hand, answers split
/// into messages of one peer and one prefix each, requests joined into one change again.
/// </summary>
internal sealed class FakeKernel(DeviceState? device = null, Errno refusal = Errno.None) : IWireGuardFamily
{
    internal List<byte[]> Sent { get; } = [];

    public IReadOnlyList<byte[]> Get(ReadOnlySpan<byte> attributes)
    {
        Sent.Add(attributes.ToArray());
        if (refusal != Errno.None || device is null)
            throw new LinuxException(refusal == Errno.None ? Errno.ENODEV : refusal, "get");
        var messages = new List<byte[]> { Device(device) };
        foreach (var peer in device.Peers)
        {
            messages.Add(Attribute(8, Attribute(0, Peer(peer))));
            foreach (var allowedIp in peer.AllowedIps)
                messages.Add(Attribute(8, Attribute(0, [.. Attribute(1, Key(peer.PublicKey)), .. Attribute(9, Attribute(0, Prefix(allowedIp)))])));
        }

        return messages;
    }

    public void Set(ReadOnlySpan<byte> attributes)
    {
        if (refusal != Errno.None)
            throw new LinuxException(refusal, "set");
        Sent.Add(attributes.ToArray());
    }

    public void Dispose()
    {
    }

    /// <summary>What all requests together ask, as UAPI text; a peer that goes on in the next message is one.</summary>
    internal string Asked()
    {
        var text = new StringBuilder("set=1\n");
        var lastKey = "";
        foreach (var message in Sent)
        {
            foreach (var (type, value) in Parse(message))
            {
                if (type == 3)
                    text.Append($"private_key={Convert.ToHexStringLower(value)}\n");
                else if (type == 6)
                    text.Append($"listen_port={BitConverter.ToUInt16(value)}\n");
                else if (type == 7)
                    text.Append($"fwmark={BitConverter.ToUInt32(value)}\n");
                else if (type == 5)
                    text.Append("replace_peers=true\n");
                else if (type == 8)
                    Peers(value, text, ref lastKey);
            }
        }

        return text.Append('\n').ToString();
    }

    private static void Peers(byte[] list, StringBuilder text, ref string lastKey)
    {
        foreach (var (_, peer) in Parse(list))
        {
            var fields = new Dictionary<int, byte[]>();
            foreach (var (type, value) in Parse(peer))
                fields.Add(type, value);
            var key = Convert.ToHexStringLower(fields[1]);
            var flags = fields.TryGetValue(3, out var bits) ? BitConverter.ToUInt32(bits) : 0;
            var goesOn = key == lastKey && fields.Count == 2 && fields.ContainsKey(9);
            if (!goesOn)
                text.Append($"public_key={key}\n");
            lastKey = key;
            text.Append((flags & 4) != 0 ? "update_only=true\n" : "").Append((flags & 1) != 0 ? "remove=true\n" : "");
            if (fields.TryGetValue(2, out var presharedKey))
                text.Append($"preshared_key={Convert.ToHexStringLower(presharedKey)}\n");
            if (fields.TryGetValue(4, out var endpoint))
                text.Append($"endpoint={Endpoint(endpoint)}\n");
            if (fields.TryGetValue(5, out var keepalive))
                text.Append($"persistent_keepalive_interval={BitConverter.ToUInt16(keepalive)}\n");
            text.Append((flags & 2) != 0 ? "replace_allowed_ips=true\n" : "");
            foreach (var (_, allowedIp) in fields.TryGetValue(9, out var prefixes) ? Parse(prefixes) : [])
            {
                var parts = new Dictionary<int, byte[]>();
                foreach (var (type, value) in Parse(allowedIp))
                    parts.Add(type, value);
                Assert.Equal(parts[2].Length == 4 ? 2 : 10, BitConverter.ToUInt16(parts[1]));
                text.Append($"allowed_ip={(parts.ContainsKey(4) ? "-" : "")}{IpAddress.FromBytes(parts[2])}/{parts[3][0]}\n");
            }
        }
    }

    private static byte[] Device(DeviceState state)
    {
        using var message = new MemoryStream();
        message.Write(Attribute(1, BitConverter.GetBytes(7)));
        message.Write(Attribute(2, Encoding.ASCII.GetBytes(state.Name + "\0")));
        if (state.PrivateKey is { } privateKey)
        {
            var secret = new byte[32];
            privateKey.CopyTo(secret);
            message.Write(Attribute(3, secret));
            message.Write(Attribute(4, Key(privateKey.PublicKey)));
        }

        message.Write(Attribute(6, BitConverter.GetBytes(state.ListenPort)));
        message.Write(Attribute(7, BitConverter.GetBytes(state.FwMark)));
        return message.ToArray();
    }

    private static byte[] Peer(PeerState peer)
    {
        using var message = new MemoryStream();
        message.Write(Attribute(1, Key(peer.PublicKey)));
        var secret = new byte[32];
        peer.PresharedKey?.CopyTo(secret);
        message.Write(Attribute(2, secret));
        if (peer.Endpoint is { } endpoint)
            message.Write(Attribute(4, Endpoint(endpoint)));
        message.Write(Attribute(5, BitConverter.GetBytes(peer.PersistentKeepalive)));
        message.Write(Attribute(6, [.. BitConverter.GetBytes(peer.LastHandshakeSeconds), .. BitConverter.GetBytes((long)peer.LastHandshakeNanoseconds)]));
        message.Write(Attribute(7, BitConverter.GetBytes(peer.ReceivedBytes)));
        message.Write(Attribute(8, BitConverter.GetBytes(peer.SentBytes)));
        message.Write(Attribute(10, BitConverter.GetBytes(1)));
        return message.ToArray();
    }

    private static byte[] Prefix(AllowedIp allowedIp)
    {
        var address = allowedIp.Address.ToIPAddress().GetAddressBytes();
        var family = BitConverter.GetBytes((ushort)(address.Length == 4 ? 2 : 10));
        return [.. Attribute(1, family), .. Attribute(2, address), .. Attribute(3, [(byte)allowedIp.Length])];
    }

    private static byte[] Key(PublicKey key)
    {
        var bytes = new byte[32];
        key.Write(bytes);
        return bytes;
    }

    private static byte[] Endpoint(Endpoint endpoint)
    {
        var address = endpoint.Address.ToIPAddress().GetAddressBytes();
        byte[] port = [(byte)(endpoint.Port >> 8), (byte)endpoint.Port];
        return address.Length == 4
            ? [2, 0, .. port, .. address, 0, 0, 0, 0, 0, 0, 0, 0]
            : [10, 0, .. port, 0, 0, 0, 0, .. address, .. BitConverter.GetBytes(endpoint.ScopeId)];
    }

    private static Endpoint Endpoint(byte[] bytes)
    {
        var port = (ushort)((bytes[2] << 8) | bytes[3]);
        return bytes[0] == 2
            ? new(IpAddress.FromBytes(bytes.AsSpan(4, 4)), port)
            : new(IpAddress.FromBytes(bytes.AsSpan(8, 16)), port, BitConverter.ToUInt32(bytes, 24));
    }

    private static byte[] Attribute(int type, byte[] payload)
    {
        var bytes = new byte[(4 + payload.Length + 3) & ~3];
        BitConverter.GetBytes((ushort)(4 + payload.Length)).CopyTo(bytes, 0);
        BitConverter.GetBytes((ushort)type).CopyTo(bytes, 2);
        payload.CopyTo(bytes, 4);
        return bytes;
    }

    private static IEnumerable<(int Type, byte[] Value)> Parse(byte[] attributes)
    {
        for (var at = 0; at < attributes.Length;)
        {
            var length = BitConverter.ToUInt16(attributes, at);
            Assert.InRange(length, 4, attributes.Length - at);
            yield return (BitConverter.ToUInt16(attributes, at + 2) & 0x3fff, attributes[(at + 4)..(at + length)]);
            at += (length + 3) & ~3;
        }
    }
}
