using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Warren.Engine.Uapi;
using Warren.Protocol.Keys;

namespace Warren.Cli.Wg;

/// <summary><c>show IF PARAMETER</c> for scripts: tabs, the device's own order, secrets as they are.</summary>
internal static class ScriptPrinter
{
    /// <summary>Prints one parameter; false when there is no such parameter.</summary>
    /// <param name="device">The device.</param>
    /// <param name="parameter">Its name.</param>
    /// <param name="isMany">Whether each line begins with the interface's name.</param>
    /// <param name="output">Where to.</param>
    internal static bool TryPrint(DeviceState device, string parameter, bool isMany, TextWriter output)
    {
        var start = isMany ? device.Name + "\t" : "";
        var ofDevice = parameter switch
        {
            "public-key" => PublicKeyOf(device),
            "private-key" => PrivateKeyOf(device),
            "listen-port" => Text(device.ListenPort),
            "fwmark" => FwMarkOf(device),
            "dump" => $"{PrivateKeyOf(device)}\t{PublicKeyOf(device)}\t{device.ListenPort}\t{FwMarkOf(device)}",
            _ => null,
        };
        if (ofDevice is not null)
            output.Write($"{start}{ofDevice}\n");
        if (ofDevice is not null && parameter != "dump")
            return true;
        if (OfPeer(parameter) is not { } ofPeer)
            return false;
        foreach (var peer in device.Peers)
            output.Write($"{start}{peer.PublicKey}{ofPeer(peer)}\n");
        return true;
    }

    /// <summary>What follows a peer's key, tabs included; null when there is no such parameter.</summary>
    private static Func<PeerState, string>? OfPeer(string parameter) => parameter switch
    {
        "peers" => static _ => "",
        "preshared-keys" => static peer => $"\t{PresharedKeyOf(peer)}",
        "endpoints" => static peer => $"\t{EndpointOf(peer)}",
        "allowed-ips" => static peer => $"\t{AllowedIpsOf(peer.AllowedIps, ' ')}",
        "latest-handshakes" => static peer => $"\t{peer.LastHandshakeSeconds}",
        "transfer" => static peer => $"\t{peer.ReceivedBytes}\t{peer.SentBytes}",
        "persistent-keepalive" => static peer => $"\t{KeepaliveOf(peer)}",
        "dump" => static peer => $"\t{PresharedKeyOf(peer)}\t{EndpointOf(peer)}\t{AllowedIpsOf(peer.AllowedIps, ',')}"
            + $"\t{peer.LastHandshakeSeconds}\t{peer.ReceivedBytes}\t{peer.SentBytes}\t{KeepaliveOf(peer)}",
        _ => null,
    };

    private static string PublicKeyOf(DeviceState device) => device.PublicKey is PublicKey key ? key.ToString() : "(none)";

    private static string PrivateKeyOf(DeviceState device) => device.PrivateKey?.ToSecretBase64() ?? "(none)";

    private static string FwMarkOf(DeviceState device) => device.FwMark == 0 ? "off" : $"0x{device.FwMark:x}";

    private static string PresharedKeyOf(PeerState peer) => peer.PresharedKey?.ToSecretBase64() ?? "(none)";

    private static string EndpointOf(PeerState peer) => peer.Endpoint is { } endpoint ? EndpointText.Format(endpoint) : "(none)";

    private static string AllowedIpsOf(IReadOnlyList<AllowedIp> allowedIps, char separator) =>
        allowedIps.Count == 0 ? "(none)" : string.Join(separator, allowedIps);

    private static string KeepaliveOf(PeerState peer) => peer.PersistentKeepalive == 0 ? "off" : Text(peer.PersistentKeepalive);

    private static string Text(ushort number) => number.ToString(CultureInfo.InvariantCulture);
}
