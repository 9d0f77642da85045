using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Warren.Lab.Processes;

namespace Warren.Lab.Traffic;

/// <summary>A running tcpdump whose packets are kept in memory. Disposing it ends the capture.</summary>
public sealed class PacketCapture : IDisposable
{
    private const int FileHeaderLength = 24;
    private const int RecordHeaderLength = 16;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly LabProcess process;

    internal PacketCapture(LabProcess process)
    {
        this.process = process;
        process.WaitForText("listening on", Bound);
        // The file header follows the message: without it nothing is being recorded yet.
        Poll.WaitUntil("tcpdump wrote the header of its capture", () => process.OutputBytes().Length >= FileHeaderLength, Bound);
    }

    /// <summary>The packets recorded so far, in order.</summary>
    public IReadOnlyList<CapturedPacket> Packets()
    {
        ReadOnlySpan<byte> file = process.OutputBytes();
        // pcap(5): magic of microsecond captures in the writer's byte order, which is this machine's; link type at 20.
        if (BinaryPrimitives.ReadUInt32LittleEndian(file) != 0xa1b2c3d4) throw new LabException("tcpdump wrote no pcap file");
        var link = BinaryPrimitives.ReadInt32LittleEndian(file[20..]);
        var packets = new List<CapturedPacket>();
        for (var rest = file[FileHeaderLength..]; rest.Length >= RecordHeaderLength;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
            if (rest.Length < RecordHeaderLength + length) break;
            var time = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32LittleEndian(rest))
                + TimeSpan.FromMicroseconds(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]));
            packets.Add(new CapturedPacket(time, link, rest.Slice(RecordHeaderLength, length).ToArray()));
            rest = rest[(RecordHeaderLength + length)..];
        }

        return packets;
    }

    /// <summary>Waits until <paramref name="count"/> packets satisfy <paramref name="wanted"/> and returns them.</summary>
    public IReadOnlyList<CapturedPacket> WaitFor(int count, Predicate<CapturedPacket> wanted, TimeSpan bound)
    {
        List<CapturedPacket> found = [];
        Poll.WaitUntil(
            $"{count} such packets were captured",
            () => (found = [.. System.Linq.Enumerable.Where(Packets(), p => wanted(p))]).Count >= count,
            bound,
            () => $"{found.Count} of {Packets().Count} packets fit");
        return found;
    }

    /// <summary>Ends the capture.</summary>
    public void Dispose() => process.Dispose();
}
