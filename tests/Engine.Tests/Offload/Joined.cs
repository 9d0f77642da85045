using System.Collections.Generic;
using System.Linq;
using Warren.Engine.Offload;
using Warren.Linux.Tun;

namespace Warren.Engine.Tests.Offload;

/// <summary>What the coalescer makes of packets: what would be written to a TUN, and which packets it is of.</summary>
internal sealed record Joined(VirtioNetHeader Header, byte[] Packet, int[] Members)
{
    /// <summary>Gives packets to a coalescer, one behind the other in a buffer, each followed by <paramref name="gap"/> bytes.</summary>
    public static List<Joined> Join(Coalescer coalescer, IReadOnlyList<byte[]> packets, int gap = 0)
    {
        var buffer = new byte[packets.Sum(packet => packet.Length + gap)];
        var offset = 0;
        foreach (var packet in packets)
        {
            packet.CopyTo(buffer, offset);
            coalescer.Add(buffer, offset, packet.Length);
            offset += packet.Length + gap;
        }

        var results = new List<Joined>();
        for (var i = 0; i < coalescer.Count; i++)
        {
            var header = coalescer.Finish(buffer, i);
            var first = coalescer.First(i);
            var members = new List<int> { first };
            var bytes = new List<byte>(buffer[coalescer.Offset(first)..(coalescer.Offset(first) + coalescer.Length(first))]);
            for (var next = coalescer.Next(first); next >= 0; next = coalescer.Next(next))
            {
                members.Add(next);
                var start = coalescer.Offset(next);
                bytes.AddRange(buffer[(start + coalescer.HeaderLength(i))..(start + coalescer.Length(next))]);
            }

            Assert.Equal(members.Count, coalescer.Segments(i));
            results.Add(new Joined(header, [.. bytes], [.. members]));
        }

        coalescer.Clear();
        return results;
    }

    public static List<Joined> Join(params IReadOnlyList<byte[]> packets) => Join(new Coalescer(packets.Count, TunOffloads.All), packets);

    /// <summary>The packets that a card would cut it into.</summary>
    public byte[][] Cut() => Members.Length == 1 ? [Packet] : SuperPacketTests.Cut(Header, Packet);
}
