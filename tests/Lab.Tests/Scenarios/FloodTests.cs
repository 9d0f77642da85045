using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>Garbage and replays as fast as one thread sends, from the router in the middle, while the tunnel is in use.</summary>
[Trait("Category", "Root")]
public sealed class FloodTests
{
    private const long MostMemory = 128 << 20;
    private const int Handshake = 148;

    [Theory]
    [ClassData(typeof(Mixes))]
    public void A_flood_neither_breaks_the_tunnel_nor_grows_the_engine(Kit left, Kit right)
    {
        using var pair = new Pair(left, right);
        var recorded = Record(pair);
        Assert.Contains(recorded, d => d.Length == Handshake && d[0] == 1);
        var engine = Pair.Engine(pair.Right);
        long sent = 0;
        int answered;
        using (var end = new CancellationTokenSource())
        {
            var sender = new Thread(() => sent = Flood(pair.Path, [.. recorded, .. Garbage()], end.Token)) { IsBackground = true };
            sender.Start();
            answered = pair.Left.Ping("10.9.0.2", 80).Received;
            end.Cancel();
            sender.Join();
        }

        // What the socket's queue has no room for is lost to everybody; some of the tunnel's own packets get through nonetheless.
        Assert.True(sent > 50_000, $"{sent} datagrams were sent");
        Assert.True(answered > 8, $"{answered} of 80 answered during the flood of {sent}");
        pair.Left.WaitReach("10.9.0.2", Pair.Soon);
        PingAssert.Answered(pair.Left.Ping("10.9.0.2", 20));
        Assert.Equal("10.1.0.2:51820", pair.Right.PeerField(pair.LeftKey.Public, "endpoints"));
        Assert.InRange(engine.ResidentBytes, 1, MostMemory);
    }

    // The handshake, the first pings and all else that the right side got, to be sent again.
    private static List<byte[]> Record(Pair pair)
    {
        using var capture = pair.Path.Capture("eth1", "udp dst port 51820 and dst host 10.2.0.2");
        pair.Up();
        pair.Left.Ping("10.9.0.2", 20);
        return [.. capture.WaitFor(20, p => p.UdpPayload.Length > 0, Pair.Soon).Select(p => p.UdpPayload.ToArray())];
    }

    private static List<byte[]> Garbage()
    {
        var garbage = new List<byte[]>();
        for (var size = 0; size <= 1472; size += 23)
        {
            garbage.Add(RandomNumberGenerator.GetBytes(size));
            // The same size with the beginning of a message of each type.
            var message = RandomNumberGenerator.GetBytes(size);
            if (size >= 4) (message[0], message[1], message[2], message[3]) = ((byte)(1 + size % 4), 0, 0, 0);
            garbage.Add(message);
        }

        foreach (var (type, length) in ((byte, int)[])[(1, Handshake), (2, 92), (3, 64)])
        {
            var message = RandomNumberGenerator.GetBytes(length);
            (message[0], message[1], message[2], message[3]) = (type, 0, 0, 0);
            garbage.Add(message);
        }

        return garbage;
    }

    private static long Flood(Node from, byte[][] datagrams, CancellationToken end)
    {
        using var socket = from.OpenUdp(AddressFamily.InterNetwork);
        socket.Connect(new IPEndPoint(IPAddress.Parse("10.2.0.2"), 51820));
        long sent = 0;
        while (!end.IsCancellationRequested)
        {
            foreach (var datagram in datagrams)
            {
                socket.Send(datagram);
                sent++;
            }
        }

        return sent;
    }
}
