using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Warren.Linux;
using Warren.Protocol.Keys;

namespace Warren.Engine.Uapi;

/// <summary>
/// The text that wg and a userspace device speak over their socket ("key=value" lines, an empty line ends), written.
/// Keys are lower-case hex, numbers decimal. Source: wireguard.com/xplatform. Reading: <see cref="GetReader"/>, <see cref="SetParser"/>.
/// </summary>
public static class UapiText
{
    /// <summary>Writes a whole request, "set=1" to the empty line, in the order in which wg writes it.</summary>
    public static void WriteSet(DeviceChange change, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write("set=1\n");
        if (change.PrivateKey is { } privateKey)
            WriteSecret(writer, "private_key", privateKey, null);
        if (change.ListenPort is { } port)
            WriteLine(writer, "listen_port", port);
        if (change.FwMark is { } mark)
            WriteLine(writer, "fwmark", mark);
        if (change.BindAddress is { } address)
            WriteLine(writer, "bind_address", address.ToString());
        if (change.ReplacePeers)
            writer.Write("replace_peers=true\n");
        foreach (var peer in change.Peers)
            WritePeer(peer, writer);
        writer.Write('\n');
    }

    /// <summary>Writes a whole answer to "get=1", up to "errno=0" and the empty line, in the order of wireguard-go.</summary>
    public static void WriteGet(DeviceState state, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(writer);
        WriteDevice(state, writer);
        foreach (var peer in state.Peers)
            WritePeer(peer, writer);
        WriteErrno(default, writer);
    }

    /// <summary>Writes what an answer to "get=1" says of the device itself; its peers and the end of the answer follow.</summary>
    internal static void WriteDevice(DeviceState state, TextWriter writer)
    {
        if (state.PrivateKey is { IsZero: false } privateKey)
            WriteSecret(writer, "private_key", privateKey, null);
        if (state.ListenPort != 0)
            WriteLine(writer, "listen_port", state.ListenPort);
        if (state.FwMark != 0)
            WriteLine(writer, "fwmark", state.FwMark);
    }

    /// <summary>Writes the end of an answer. A refusal of <c>set</c> is negative, as wg wants it; 0 is success.</summary>
    public static void WriteErrno(Errno errno, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"errno={-(int)errno}\n\n"));
    }

    private static void WritePeer(PeerChange peer, TextWriter writer)
    {
        WriteKey(writer, peer.PublicKey);
        if (peer.UpdateOnly)
            writer.Write("update_only=true\n");
        if (peer.Remove)
        {
            writer.Write("remove=true\n");
            return;
        }

        if (peer.PresharedKey is { } presharedKey)
            WriteSecret(writer, "preshared_key", null, presharedKey);
        if (peer.Endpoint is { } endpoint)
            WriteLine(writer, "endpoint", EndpointText.Format(endpoint));
        if (peer.PersistentKeepalive is { } keepalive)
            WriteLine(writer, "persistent_keepalive_interval", keepalive);
        if (peer.ReplaceAllowedIps)
            writer.Write("replace_allowed_ips=true\n");
        foreach (var allowedIp in peer.AllowedIps)
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"allowed_ip={(allowedIp.Remove ? "-" : "")}{allowedIp.Address}/{allowedIp.Length}\n"));
    }

    /// <summary>Writes what an answer to "get=1" says of one peer.</summary>
    internal static void WritePeer(PeerState peer, TextWriter writer)
    {
        WriteKey(writer, peer.PublicKey);
        WriteSecret(writer, "preshared_key", null, peer.PresharedKey);
        WriteLine(writer, "protocol_version", (uint)peer.ProtocolVersion);
        if (peer.Endpoint is { } endpoint)
            WriteLine(writer, "endpoint", endpoint.ToString());
        WriteLine(writer, "last_handshake_time_sec", (ulong)peer.LastHandshakeSeconds);
        WriteLine(writer, "last_handshake_time_nsec", (ulong)peer.LastHandshakeNanoseconds);
        WriteLine(writer, "tx_bytes", peer.SentBytes);
        WriteLine(writer, "rx_bytes", peer.ReceivedBytes);
        WriteLine(writer, "persistent_keepalive_interval", peer.PersistentKeepalive);
        foreach (var allowedIp in peer.AllowedIps)
            WriteLine(writer, "allowed_ip", allowedIp.ToString());
    }

    private static void WriteKey(TextWriter writer, PublicKey key)
    {
        Span<char> hex = stackalloc char[2 * PublicKey.Size];
        key.WriteHex(hex);
        WriteLine(writer, "public_key", hex);
    }

    // One of the two, or zeros for none; no copy is left on the stack or in a string.
    private static void WriteSecret(TextWriter writer, string name, PrivateKey? privateKey, PresharedKey? presharedKey)
    {
        Span<char> hex = stackalloc char[2 * PublicKey.Size];
        hex.Fill('0');
        privateKey?.WriteSecretHex(hex);
        presharedKey?.WriteSecretHex(hex);
        WriteLine(writer, name, hex);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(hex));
    }

    private static void WriteLine(TextWriter writer, string key, ulong value) =>
        WriteLine(writer, key, value.ToString(CultureInfo.InvariantCulture));

    private static void WriteLine(TextWriter writer, string key, ReadOnlySpan<char> value)
    {
        writer.Write(key);
        writer.Write('=');
        writer.Write(value);
        writer.Write('\n');
    }
}
