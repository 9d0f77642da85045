using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using Warren.Protocol.Messages;

namespace Warren.Engine.Tests.Live;

/// <summary>What an eavesdropper on a wire sees: tcpdump, and its file read.</summary>
internal sealed class Wire : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Process _tcpdump;

    public Wire(TestNamespace space)
    {
        _tcpdump = space.Start($"tcpdump -i wire -s 80 -B 65536 -Z root -U -w {_file} udp");
        TestNamespace.WaitUntil("tcpdump listens", () => new FileInfo(_file).Length > 0, TimeSpan.FromSeconds(10));
    }

    public void Dispose()
    {
        _tcpdump.Kill();
        _tcpdump.WaitForExit();
        _tcpdump.Dispose();
        File.Delete(_file);
    }

    /// <summary>Receiver index and counter of every transport message seen so far, with how often it was seen.</summary>
    public Dictionary<(uint Index, ulong Counter), int> Transports()
    {
        var seen = new Dictionary<(uint, ulong), int>();
        using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var rest = bytes.AsSpan(24); // struct pcap_file_header
        while (rest.Length >= 16)
        {
            var captured = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
            if (rest.Length < 16 + captured)
                break;
            var message = rest.Slice(16 + 14 + 20 + 8, captured - 42); // Ethernet, IPv4, UDP
            if (message.Length >= MessageSize.TransportHeader && message[0] == (byte)MessageType.Transport)
            {
                var key = (MessageHeader.ReceiverIndex(message), MessageHeader.Counter(message));
                seen[key] = seen.GetValueOrDefault(key) + 1;
            }

            rest = rest[(16 + captured)..];
        }

        return seen;
    }
}
