using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Warren.Protocol;
using Warren.Protocol.Messages;

namespace Warren.Engine.Tests.Live;

/// <summary>What needs no secret to send must not take the place of a handshake.</summary>
[Trait("Category", "Root")]
public class HandshakeDoorTests
{
    [Fact]
    public void Cookie_replies_that_answer_nothing_take_no_place_in_the_queue()
    {
        const int Sent = 20_000;
        using var left = new TestNamespace();
        using var right = new TestNamespace();
        left.JoinTo(right);
        using var device = new TestDevice(right, "wg0").Up("10.9.0.2/24", 51820);
        using var socket = left.In(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        socket.Connect(IPAddress.Parse("192.0.2.2"), 51820);
        var reply = new byte[MessageSize.CookieReply];
        reply[0] = (byte)MessageType.CookieReply;
        for (var i = 0; i < Sent; i++)
            socket.Send(reply);

        TestNamespace.WaitUntil(
            "replies are dropped",
            () => device.Device.ReportDrops().Device.Any(drop => drop.Reason == DropReason.UnknownReceiverIndex && drop.Count > 100),
            TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(device.Device.ReportDrops().Device, drop => drop.Reason == DropReason.QueueFull);
    }
}
