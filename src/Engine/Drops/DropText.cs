using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Drops;

/// <summary>
/// A <see cref="DropReport"/> as the socket carries it: the answer to <c>get_drops=1</c>, an operation of ours (docs/uapi.md).
/// <c>drop=REASON</c> begins a record, <c>public_key=HEX</c> the records of a peer.
/// </summary>
public static class DropText
{
    /// <summary>The request: one line and an empty one.</summary>
    public const string Request = "get_drops=1\n\n";

    /// <summary>Writes a whole answer, up to "errno=0" and the empty line.</summary>
    public static void Write(DropReport report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var record in report.Device)
            Write(record, writer);
        foreach (var peer in report.Peers)
        {
            writer.Write($"public_key={peer.Peer.ToHex()}\n");
            foreach (var record in peer.Drops)
                Write(record, writer);
        }

        writer.Write("errno=0\n\n");
    }

    /// <summary>Reads an answer to its empty line. Keys it does not know are skipped.</summary>
    /// <exception cref="DeviceException">The device refused, or the answer is malformed or ends early.</exception>
    public static DropReport Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var device = new List<DropRecord>();
        var peers = new List<PeerDrops>();
        var records = device;
        DropRecord? record = null;
        while (true)
        {
            var line = reader.ReadLine() ?? throw Malformed();
            if (line.Length == 0)
                throw Malformed(); // The errno line ends an answer; a device that has none does not speak this.
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                throw Malformed();
            var key = line[..equals];
            var value = line.AsSpan(equals + 1);
            switch (key)
            {
                case "drop":
                    Finish();
                    // A reason of a newer engine is none of ours to name; its record is read and left out.
                    record = new DropRecord(DropReasonText.TryParse(value, out var reason) ? reason : DropReason.None, 1, default);
                    break;
                case "public_key":
                    Finish();
                    records = [];
                    peers.Add(new PeerDrops(Key(value), records));
                    break;
                case "errno":
                    Finish();
                    var errno = (Errno)(int)Number(value.TrimStart('-'));
                    return errno == Errno.None ? new DropReport(device, peers) : throw new DeviceException(errno);
                default:
                    record = With(record ?? throw Malformed(), key, value);
                    break;
            }
        }

        void Finish()
        {
            if (record is { } finished && finished.Reason != DropReason.None)
                records.Add(finished);
            record = null;
        }
    }

    private static DropRecord With(DropRecord record, string key, ReadOnlySpan<char> value) => key switch
    {
        "drop_count" => record with { Count = Number(value) },
        "drop_time_sec" => record with { Last = record.Last with { Seconds = (long)Number(value) } },
        "drop_time_nsec" => record with { Last = record.Last with { Nanoseconds = (int)Number(value) } },
        "drop_size" => record with { Last = record.Last with { Size = (int)Number(value) } },
        "drop_endpoint" => record with
        {
            Last = record.Last with { Endpoint = EndpointText.TryParse(value, out var endpoint) ? endpoint : throw Malformed() },
        },
        "drop_key" => record with { Last = record.Last with { Key = Key(value) } },
        "drop_source" => record with { Last = record.Last with { InnerSource = Address(value) } },
        "drop_destination" => record with { Last = record.Last with { InnerDestination = Address(value) } },
        _ => record,
    };

    private static void Write(DropRecord record, TextWriter writer)
    {
        var last = record.Last;
        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"drop={record.Reason.ToText()}\ndrop_count={record.Count}\ndrop_time_sec={last.Seconds}\ndrop_time_nsec={last.Nanoseconds}\ndrop_size={last.Size}\n"));
        if (last.Endpoint is { } endpoint)
            writer.Write($"drop_endpoint={endpoint}\n");
        if (last.Key is { } key)
            writer.Write($"drop_key={key.ToHex()}\n");
        if (last.InnerSource is { } source)
            writer.Write($"drop_source={source}\n");
        if (last.InnerDestination is { } destination)
            writer.Write($"drop_destination={destination}\n");
    }

    private static ulong Number(ReadOnlySpan<char> value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Malformed();

    private static PublicKey Key(ReadOnlySpan<char> value) => PublicKey.TryParseHex(value, out var key) ? key : throw Malformed();

    private static IpAddress Address(ReadOnlySpan<char> value) =>
        IpAddress.TryParse(value, out var address) ? address : throw Malformed();

    private static DeviceException Malformed() => new(Errno.EPROTO);
}
