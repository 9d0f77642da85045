using System;
using System.Linq;
using Warren.Protocol.Messages;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelCookieTests
{
    [Fact]
    public void A_loaded_responder_answers_the_initiation_that_carries_its_cookie()
    {
        using var pair = new Pair();
        pair.B.UnderLoad = true;
        pair.Send(pair.A);
        Assert.Equal([MessageType.Initiation, MessageType.CookieReply], pair.Sent.Select(flight => flight.Type));
        Assert.Equal(1ul, pair.A.Tunnel.Counters.CookiesReceived);
        Assert.Equal([DropReason.BadMac2], pair.B.Drops);

        pair.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(
            [MessageType.Initiation, MessageType.Response, MessageType.Transport],
            pair.Sent.Skip(2).Select(flight => flight.Type));
        Assert.Single(pair.B.Delivered);
    }

    [Fact]
    public void A_loaded_initiator_gets_a_response_that_carries_its_cookie()
    {
        using var pair = new Pair();
        pair.A.UnderLoad = true;
        pair.Send(pair.A);
        Assert.Equal(1ul, pair.B.Tunnel.Counters.CookiesReceived);
        pair.Advance(TimeSpan.FromSeconds(6));
        Assert.Single(pair.B.Delivered);
        Assert.Equal([DropReason.BadMac2], pair.A.Drops);
    }

    [Fact]
    public void A_forged_or_repeated_cookie_reply_is_dropped()
    {
        using var pair = new Pair();
        pair.B.UnderLoad = true;
        pair.Send(pair.A);
        var reply = pair.Sent[1];
        Assert.Equal(DropReason.CookieDecryptFailed, pair.Hand(reply));
        var forged = (byte[])reply.Bytes.Clone();
        forged[^1] ^= 1;
        Assert.Equal(DropReason.CookieDecryptFailed, pair.Hand(reply with { Bytes = forged }));
        Assert.Equal(DropReason.Malformed, pair.A.Tunnel.HandleCookieReply(pair.Now, forged.AsSpan(1)));
        Assert.Equal(1ul, pair.A.Tunnel.Counters.CookiesReceived);
    }
}
