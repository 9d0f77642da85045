using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warren.Engine.Drops;
using Warren.Engine.Uapi;
using Warren.Protocol;

namespace Warren.Cli.Wg;

/// <summary>Devices and drops for programs. Times are seconds of Unix time; what is absent is null; secrets are not there.</summary>
internal static class ShowJson
{
    internal static string Of(IReadOnlyList<DeviceState> devices) => Document(writer =>
    {
        foreach (var device in devices)
        {
            writer.WriteStartObject();
            writer.WriteString("interface", device.Name);
            writer.WriteString("publicKey", device.PublicKey?.ToString());
            writer.WriteNumber("listenPort", device.ListenPort);
            writer.WriteNumber("fwMark", device.FwMark);
            writer.WriteStartArray("peers");
            foreach (var peer in device.Peers)
                Write(writer, peer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    });

    internal static string Of(IReadOnlyList<(string Name, DropReport Report)> devices) => Document(writer =>
    {
        foreach (var (name, report) in devices)
        {
            writer.WriteStartObject();
            writer.WriteString("interface", name);
            Write(writer, report.Device);
            writer.WriteStartArray("peers");
            foreach (var peer in report.Peers)
            {
                writer.WriteStartObject();
                writer.WriteString("publicKey", peer.Peer.ToString());
                Write(writer, peer.Drops);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    });

    private static string Document(Action<Utf8JsonWriter> write)
    {
        // The relaxed encoder keeps the '+' of base64; nothing here ends up in HTML.
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter writer, PeerState peer)
    {
        writer.WriteStartObject();
        writer.WriteString("publicKey", peer.PublicKey.ToString());
        writer.WriteBoolean("hasPresharedKey", peer.PresharedKey is not null);
        writer.WriteString("endpoint", peer.Endpoint is { } endpoint ? EndpointText.Format(endpoint) : null);
        writer.WriteStartArray("allowedIps");
        foreach (var allowedIp in peer.AllowedIps)
            writer.WriteStringValue(allowedIp.ToString());
        writer.WriteEndArray();
        if (peer.LastHandshakeSeconds == 0)
            writer.WriteNull("latestHandshake");
        else
            writer.WriteNumber("latestHandshake", peer.LastHandshakeSeconds);
        writer.WriteNumber("receivedBytes", peer.ReceivedBytes);
        writer.WriteNumber("sentBytes", peer.SentBytes);
        writer.WriteNumber("persistentKeepalive", peer.PersistentKeepalive);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<DropRecord> records)
    {
        writer.WriteStartArray("drops");
        foreach (var record in records)
        {
            writer.WriteStartObject();
            writer.WriteString("reason", record.Reason.ToText());
            writer.WriteNumber("count", record.Count);
            writer.WriteStartObject("last");
            writer.WriteNumber("time", record.Last.Seconds);
            writer.WriteNumber("size", record.Last.Size);
            writer.WriteString("endpoint", record.Last.Endpoint is { } endpoint ? EndpointText.Format(endpoint) : null);
            writer.WriteString("key", record.Last.Key?.ToString());
            writer.WriteString("innerSource", record.Last.InnerSource?.ToString());
            writer.WriteString("innerDestination", record.Last.InnerDestination?.ToString());
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
