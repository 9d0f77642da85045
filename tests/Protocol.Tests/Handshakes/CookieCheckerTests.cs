using System;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Testing;

namespace Warren.Protocol.Tests.Handshakes;

public sealed class CookieCheckerTests
{
    private static readonly Endpoint Source = new(IpAddress.V4(0x0A000001), 51820);

    private readonly SeededRandom _random = new(5);
    private readonly CookieChecker _door;
    private readonly CookieGenerator _peer;

    public CookieCheckerTests()
    {
        using var key = PrivateKey.Generate(_random);
        _door = new CookieChecker(key.PublicKey);
        _peer = new CookieGenerator(key.PublicKey);
    }

    [Theory]
    [InlineData(MessageSize.Initiation)]
    [InlineData(MessageSize.Response)]
    public void Accepts_the_first_mac_of_whoever_knows_our_key_and_no_other(int size)
    {
        var message = Message(Instant.Zero, size);
        Assert.True(_door.CheckMac1(message));
        message[20] ^= 1;
        Assert.False(_door.CheckMac1(message));

        using var other = PrivateKey.Generate(_random);
        Assert.False(new CookieChecker(other.PublicKey).CheckMac1(Message(Instant.Zero, size)));
    }

    [Fact]
    public void Accepts_the_second_mac_only_with_our_cookie_for_that_source()
    {
        var now = Instant.Zero;
        var first = Message(now, MessageSize.Initiation);
        Assert.False(_door.CheckMac2(now, first, Source, _random));
        Assert.True(_peer.TryConsume(now, Reply(now, first)));

        var second = Message(now, MessageSize.Initiation);
        Assert.True(_door.CheckMac1(second));
        Assert.True(_door.CheckMac2(now, second, Source, _random));
        Assert.False(_door.CheckMac2(now, second, Source with { Port = 51821 }, _random));
        Assert.False(_door.CheckMac2(now, second, Source with { Address = IpAddress.V4(0x0A000002) }, _random));
        second[^1] ^= 1;
        Assert.False(_door.CheckMac2(now, second, Source, _random));
    }

    [Fact]
    public void A_cookie_lives_for_two_minutes_on_both_sides()
    {
        var now = Instant.Zero;
        Assert.True(_peer.TryConsume(now, Reply(now, Message(now, MessageSize.Initiation))));
        var last = now + Constants.CookieRefreshTime + TimeSpan.FromTicks(-1);
        Assert.True(_door.CheckMac2(last, Message(last, MessageSize.Initiation), Source, _random));

        var late = now + Constants.CookieRefreshTime;
        var kept = Message(last, MessageSize.Initiation);
        Assert.False(_door.CheckMac2(late, kept, Source, _random));
        Assert.False(Message(late, MessageSize.Initiation).AsSpan()[^16..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_reply_counts_once_and_only_for_the_last_message()
    {
        var now = Instant.Zero;
        Assert.False(_peer.TryConsume(now, new byte[MessageSize.CookieReply]));
        var first = Message(now, MessageSize.Initiation);
        var second = Message(now, MessageSize.Response);
        Assert.False(_peer.TryConsume(now, Reply(now, first)));
        var reply = Reply(now, second);
        Assert.True(_peer.TryConsume(now, reply));
        Assert.False(_peer.TryConsume(now, reply));
    }

    [Fact]
    public void A_reply_names_the_sender_of_the_message()
    {
        var message = Message(Instant.Zero, MessageSize.Initiation);
        var reply = Reply(Instant.Zero, message);
        Assert.Equal(MessageType.CookieReply, MessageHeader.Classify(reply));
        Assert.Equal(MessageHeader.SenderIndex(message), MessageHeader.ReceiverIndex(reply));
    }

    private byte[] Message(Instant now, int size)
    {
        var message = new byte[size];
        _random.Fill(message);
        _peer.AddMacs(now, message);
        return message;
    }

    private byte[] Reply(Instant now, byte[] message)
    {
        var reply = new byte[MessageSize.CookieReply];
        Assert.Equal(reply.Length, _door.WriteCookieReply(now, message, Source, _random, reply));
        return reply;
    }
}
