using System;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelAllocationTests
{
    [Fact]
    public void A_packet_out_and_in_allocates_nothing()
    {
        using var pair = new Pair();
        pair.Send(pair.A);
        var datagram = new byte[2048];
        var plaintext = new byte[2048];
        var packet = new byte[1000];
        Carry(pair, 2_000, packet, datagram, plaintext); // Let the runtime compile what is hot.

        var before = GC.GetAllocatedBytesForCurrentThread();
        Carry(pair, 10_000, packet, datagram, plaintext);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Carry(Pair pair, int packets, byte[] packet, byte[] datagram, byte[] plaintext)
    {
        var path = new Path(pair.EndpointA);
        for (var i = 0; i < packets; i++)
        {
            var taken = pair.A.Tunnel.TryReserve(pair.Now, 1, out var keypair, out var counter);
            var length = keypair!.Seal(counter, packet, MessageHeader.PaddedLength(packet.Length, TunnelEnd.Mtu), datagram);
            pair.A.Tunnel.Sent(pair.Now, keypair, 1);
            keypair.Release();

            var message = datagram.AsSpan(0, length);
            var found = pair.B.Indices.TryGetKeypair(MessageHeader.ReceiverIndex(message), out keypair);
            var opened = keypair!.TryAcquire() & keypair.TryOpen(message, plaintext, out length);
            var reason = pair.B.Tunnel.Accept(pair.Now, keypair, MessageHeader.Counter(message), length, path);
            keypair.Release();
            if (!taken || !found || !opened || reason != DropReason.None || pair.B.Tunnel.NextDeadline <= pair.Now)
                throw new InvalidOperationException("a packet did not pass");
        }
    }
}
