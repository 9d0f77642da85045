using System;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>Super-packets of ours against wireguard-go's packets, and each with its own.</summary>
[Trait("Category", "Root")]
public sealed class StreamTests
{
    private const int Port = 5001;
    private const int Bytes = 4 << 20;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Theory]
    [ClassData(typeof(Mixes))]
    public async Task Streams_pass_unaltered_both_ways_at_once(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        await Exchange(pair, IPAddress.Parse("10.9.0.2"));
        await Exchange(pair, IPAddress.Parse("fd09::2"));
    }

    private static async Task Exchange(Pair pair, IPAddress address)
    {
        using var listener = pair.Right.OpenTcp(address.AddressFamily);
        listener.Bind(new IPEndPoint(address, Port));
        listener.Listen();
        using var left = pair.Left.OpenTcp(address.AddressFamily);
        await left.ConnectAsync(new IPEndPoint(address, Port)).WaitAsync(Bound);
        using var right = await listener.AcceptAsync().WaitAsync(Bound);
        byte[] there = RandomNumberGenerator.GetBytes(Bytes), back = RandomNumberGenerator.GetBytes(Bytes);
        await Task.WhenAll(Send(left, there), Send(right, back), Receive(right, there), Receive(left, back)).WaitAsync(Bound);
    }

    private static async Task Send(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes)..];
    }

    private static async Task Receive(Socket socket, byte[] expected)
    {
        var received = new byte[expected.Length];
        for (var count = 0; count < received.Length;)
        {
            var more = await socket.ReceiveAsync(received.AsMemory(count));
            Assert.True(more > 0, "the stream ended early");
            count += more;
        }

        Assert.True(expected.AsSpan().SequenceEqual(received), "the stream arrived changed");
    }
}
