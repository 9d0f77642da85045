using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Warren.Linux;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Uapi;

/// <summary>Reads what a device answers, as strictly as wg does: a malformed line is "Protocol error", an unknown key is skipped.</summary>
public static class GetReader
{
    /// <summary>Reads the answer to "get=1", to its empty line.</summary>
    /// <param name="name">The interface's name, which the answer does not hold.</param>
    /// <param name="reader">The answer.</param>
    /// <exception cref="DeviceException">The device refused, or the answer is malformed or ends early.</exception>
    public static DeviceState Read(string name, TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var device = new DeviceState { Name = name };
        var peers = new List<PeerState>();
        var allowedIps = new List<AllowedIp>();
        PeerStateBuilder? peer = null;
        Errno? errno = null;
        while (ReadLine(reader, out var key, out var value))
        {
            switch (key)
            {
                case "private_key" when peer is null:
                    var privateKey = PrivateKey.TryParseHex(value, out var secret) ? secret! : throw Malformed();
                    device = device with { PrivateKey = privateKey, PublicKey = privateKey.PublicKey };
                    break;
                case "listen_port" when peer is null:
                    device = device with { ListenPort = (ushort)Number(value, ushort.MaxValue) };
                    break;
                case "fwmark" when peer is null:
                    device = device with { FwMark = (uint)Number(value, uint.MaxValue) };
                    break;
                case "public_key":
                    Finish();
                    peer = new PeerStateBuilder(PublicKey.TryParseHex(value, out var publicKey) ? publicKey : throw Malformed());
                    break;
                case "preshared_key" when peer is not null:
                    var presharedKey = PresharedKey.TryParseHex(value, out var shared) ? shared! : throw Malformed();
                    peer.PresharedKey = presharedKey.IsZero ? null : presharedKey;
                    break;
                case "endpoint" when peer is not null:
                    peer.Endpoint = EndpointText.TryParse(value, out var endpoint) ? endpoint : throw Malformed();
                    break;
                case "persistent_keepalive_interval" when peer is not null:
                    peer.PersistentKeepalive = (ushort)Number(value, ushort.MaxValue);
                    break;
                case "allowed_ip" when peer is not null:
                    allowedIps.Add(Prefix(value));
                    break;
                case "last_handshake_time_sec" when peer is not null:
                    peer.LastHandshakeSeconds = (long)Number(value, long.MaxValue);
                    break;
                case "last_handshake_time_nsec" when peer is not null:
                    peer.LastHandshakeNanoseconds = (int)Number(value, int.MaxValue);
                    break;
                case "rx_bytes" when peer is not null:
                    peer.ReceivedBytes = Number(value, ulong.MaxValue);
                    break;
                case "tx_bytes" when peer is not null:
                    peer.SentBytes = Number(value, ulong.MaxValue);
                    break;
                case "protocol_version" when peer is not null:
                    peer.ProtocolVersion = (int)Number(value, int.MaxValue);
                    break;
                case "errno":
                    errno = (Errno)Number(value, int.MaxValue);
                    break;
            }
        }

        if (errno is not Errno.None)
            throw new DeviceException(errno ?? Errno.EPROTO);
        Finish();
        return device with { Peers = peers };

        void Finish()
        {
            if (peer is not null)
                peers.Add(peer.Build(allowedIps));
            allowedIps.Clear();
        }
    }

    /// <summary>Reads the answer to "set=1", to its empty line; returns only when the device accepted.</summary>
    /// <remarks>A refusal must be negative here and digits only in an answer to <c>get</c>: what wg expects of each.</remarks>
    /// <exception cref="DeviceException">The device refused, or the answer is malformed or ends early.</exception>
    public static void ReadErrno(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var errno = (int)Errno.EPROTO;
        while (ReadLine(reader, out var key, out var value))
        {
            if (key is not "errno")
                continue;
            var negative = value is ['-', ..];
            var number = (int)Number(negative ? value[1..] : value, int.MaxValue);
            errno = negative ? number : -number;
        }

        if (errno != 0)
            throw new DeviceException((Errno)errno);
    }

    /// <summary>False at the empty line that ends an answer.</summary>
    private static bool ReadLine(TextReader reader, out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        var line = reader.ReadLine() ?? throw Malformed();
        key = value = default;
        if (line.Length == 0)
            return false;
        var equals = line.IndexOf('=');
        if (equals < 0)
            throw Malformed();
        key = line.AsSpan(0, equals);
        value = line.AsSpan(equals + 1);
        return true;
    }

    private static ulong Number(ReadOnlySpan<char> value, ulong greatest) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= greatest
            ? number
            : throw Malformed();

    private static AllowedIp Prefix(ReadOnlySpan<char> value)
    {
        var slash = value.IndexOf('/');
        if (slash < 0 || !IpAddress.TryParse(value[..slash], out var address))
            throw Malformed();
        return new AllowedIp(address, (int)Number(value[(slash + 1)..], (ulong)address.BitLength));
    }

    private static DeviceException Malformed() => new(Errno.EPROTO);
}
