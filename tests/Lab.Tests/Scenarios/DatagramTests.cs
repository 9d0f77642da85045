using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class DatagramTests
{
    [Theory]
    [ClassData(typeof(Mixes))]
    public void Datagrams_of_every_size_pass_unaltered_both_ways(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        Echoes(pair, AddressFamily.InterNetwork, IPAddress.Parse("10.9.0.2"), largest: 1420 - 28);
        Echoes(pair, AddressFamily.InterNetworkV6, IPAddress.Parse("fd09::2"), largest: 1420 - 48);
    }

    private static void Echoes(Pair pair, AddressFamily family, IPAddress address, int largest)
    {
        using var echo = pair.Right.Echo(family, 7);
        using var socket = pair.Left.OpenUdp(family);
        socket.ReceiveTimeout = 5000;
        socket.Connect(address, 7);
        var buffer = new byte[2000];
        for (var size = 0; size <= largest; size += size < 64 || size > largest - 16 ? 1 : 7)
        {
            var sent = RandomNumberGenerator.GetBytes(size);
            socket.Send(sent);
            Assert.Equal(sent, buffer[..socket.Receive(buffer)]);
        }
    }
}
