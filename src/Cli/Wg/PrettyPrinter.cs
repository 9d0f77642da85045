using System;
using System.Collections.Generic;
using System.IO;
using Warren.Engine.Uapi;

namespace Warren.Cli.Wg;

/// <summary><c>show</c> for people: coloured, secrets hidden, the newest handshake first.</summary>
internal sealed class PrettyPrinter
{
    private readonly TextWriter _output;
    private readonly Palette _palette;
    private readonly long _now;
    private readonly bool _showSecrets;

    internal PrettyPrinter(Invocation invocation)
    {
        _output = invocation.Output;
        _palette = Palette.Of(invocation);
        _now = invocation.Machine.UnixTime();
        _showSecrets = invocation.Variable("WG_HIDE_KEYS") == "never";
    }

    internal void Print(DeviceState device)
    {
        var (reset, green) = (_palette.Reset, _palette.Green);
        _output.Write($"{reset}{green}{_palette.Bold}interface{reset}: {green}{device.Name}{reset}\n");
        if (device.PublicKey is { } publicKey)
            Field("public key", publicKey.ToString());
        if (device.PrivateKey is { } privateKey)
            Field("private key", _showSecrets ? privateKey.ToSecretBase64() : "(hidden)");
        if (device.ListenPort != 0)
            Field("listening port", $"{device.ListenPort}");
        if (device.FwMark != 0)
            Field("fwmark", $"0x{device.FwMark:x}");
        foreach (var peer in NewestFirst(device.Peers))
        {
            _output.Write('\n');
            Print(peer);
        }
    }

    private void Print(PeerState peer)
    {
        var (reset, yellow) = (_palette.Reset, _palette.Yellow);
        _output.Write($"{yellow}{_palette.Bold}peer{reset}: {yellow}{peer.PublicKey}{reset}\n");
        if (peer.PresharedKey is { } presharedKey)
            Field("preshared key", _showSecrets ? presharedKey.ToSecretBase64() : "(hidden)");
        if (peer.Endpoint is { } endpoint)
            Field("endpoint", EndpointText.Format(endpoint));
        Field("allowed ips", peer.AllowedIps.Count == 0 ? "(none)" : Prefixes(peer.AllowedIps));
        if (peer.LastHandshakeSeconds != 0)
            Field("latest handshake", Amounts.Ago(_now, peer.LastHandshakeSeconds, _palette));
        if (peer.ReceivedBytes != 0 || peer.SentBytes != 0)
        {
            Field("transfer", $"{Amounts.Bytes(peer.ReceivedBytes, _palette)} received, "
                + $"{Amounts.Bytes(peer.SentBytes, _palette)} sent");
        }

        if (peer.PersistentKeepalive != 0)
            Field("persistent keepalive", $"every {Amounts.Duration(peer.PersistentKeepalive, _palette)}");
    }

    private void Field(string label, string value) => _output.Write($"  {_palette.Bold}{label}{_palette.Reset}: {value}\n");

    private string Prefixes(IReadOnlyList<AllowedIp> allowedIps)
    {
        var texts = new string[allowedIps.Count];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = $"{allowedIps[i].Address}{_palette.Cyan}/{_palette.Reset}{allowedIps[i].Length}";
        return string.Join(", ", texts);
    }

    /// <summary>Peers that never shook hands go last; equals keep the device's order.</summary>
    private static PeerState[] NewestFirst(IReadOnlyList<PeerState> peers)
    {
        var sorted = new PeerState[peers.Count];
        var order = new (long Seconds, int Nanoseconds, int Index)[peers.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = peers[i];
            order[i] = (-peers[i].LastHandshakeSeconds, -peers[i].LastHandshakeNanoseconds, i);
        }

        Array.Sort(order, sorted);
        return sorted;
    }
}
