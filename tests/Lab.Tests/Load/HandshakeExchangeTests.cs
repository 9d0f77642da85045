using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Warren.Bench.Throughput.Load;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;

namespace Warren.Lab.Tests.Load;

/// <summary>The generator of handshakes before a responder on loopback that knows no keys: what it must not take for an answer.</summary>
public sealed class HandshakeExchangeTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_forged_response_is_an_answer_but_a_wrong_one()
    {
        using var exchange = Run(1, 1, sender => Message(MessageType.Response, MessageSize.Response, 8, sender));
        Assert.Equal((1, 0, 1, 0), (exchange.Latencies.Count, exchange.Verified, exchange.Wrong, exchange.Unanswered));
    }

    [Fact]
    public void A_response_to_nobody_is_wrong_and_its_handshake_unanswered()
    {
        using var exchange = Run(1, 1, sender => Message(MessageType.Response, MessageSize.Response, 8, sender + 1));
        Assert.Equal((0, 0, 1, 1), (exchange.Latencies.Count, exchange.Verified, exchange.Wrong, exchange.Unanswered));
    }

    [Fact]
    public void Noise_is_wrong()
    {
        using var exchange = Run(1, 1, _ => [1, 2, 3]);
        Assert.Equal((0, 0, 1, 1), (exchange.Latencies.Count, exchange.Verified, exchange.Wrong, exchange.Unanswered));
    }

    [Fact]
    public void Cookie_replies_are_counted_apart()
    {
        using var exchange = Run(5, 2, sender => Message(MessageType.CookieReply, MessageSize.CookieReply, 4, sender));
        Assert.Equal((0, 5, 5, 0, 0), (exchange.Latencies.Count, exchange.Cookies, exchange.Answered, exchange.Wrong, exchange.Unanswered));
    }

    [Fact]
    public void A_peer_makes_no_handshake_within_its_interval()
    {
        using var exchange = Run(1, 4, sender => Message(MessageType.CookieReply, MessageSize.CookieReply, 4, sender), out var took, rounds: 3);
        Assert.Equal(3, exchange.Cookies);
        Assert.True(took >= TimeSpan.FromMilliseconds(50), $"{took}");
    }

    private static HandshakeExchange Run(int peers, int outstanding, Func<uint, byte[]> answer) => Run(peers, outstanding, answer, out _);

    private static HandshakeExchange Run(int peers, int outstanding, Func<uint, byte[]> answer, out TimeSpan took, int rounds = 1)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.ReceiveTimeout = (int)Bound.TotalMilliseconds;
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var responder = Task.Run(() =>
        {
            var initiation = new byte[MessageSize.Initiation];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            for (var i = 0; i < peers * rounds; i++)
            {
                Assert.Equal(MessageSize.Initiation, socket.ReceiveFrom(initiation, ref from));
                Assert.Equal(MessageType.Initiation, MessageHeader.Classify(initiation));
                socket.SendTo(answer(MessageHeader.SenderIndex(initiation)), from);
            }
        });
        var endpoint = new Endpoint(IpAddress.From(IPAddress.Loopback), (ushort)((IPEndPoint)socket.LocalEndPoint!).Port);
        using var key = HandshakePeers.Key(-1);
        using var supply = new InitiationSupply(peers, key.PublicKey, endpoint);
        var exchange = new HandshakeExchange(endpoint, peers, outstanding);
        took = exchange.Run(supply.Make(rounds), Bound);
        responder.Wait();
        return exchange;
    }

    private static byte[] Message(MessageType type, int length, int indexAt, uint receiver)
    {
        var message = new byte[length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(indexAt), receiver);
        return message;
    }
}
