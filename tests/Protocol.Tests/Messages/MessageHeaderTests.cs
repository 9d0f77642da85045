using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Messages;

namespace Warren.Protocol.Tests.Messages;

public sealed class MessageHeaderTests
{
    [Theory]
    [InlineData(1, 148, MessageType.Initiation)]
    [InlineData(1, 147, MessageType.Invalid)]
    [InlineData(1, 149, MessageType.Invalid)]
    [InlineData(2, 92, MessageType.Response)]
    [InlineData(2, 93, MessageType.Invalid)]
    [InlineData(3, 64, MessageType.CookieReply)]
    [InlineData(3, 63, MessageType.Invalid)]
    [InlineData(4, 32, MessageType.Transport)]
    [InlineData(4, 33, MessageType.Transport)]
    [InlineData(4, 31, MessageType.Invalid)]
    [InlineData(4, 65535, MessageType.Transport)]
    [InlineData(0, 148, MessageType.Invalid)]
    [InlineData(5, 148, MessageType.Invalid)]
    [InlineData(1, 0, MessageType.Invalid)]
    public void A_message_is_its_type_and_its_size(byte type, int length, MessageType expected)
    {
        var datagram = new byte[length];
        if (length > 0)
            datagram[0] = type;
        Assert.Equal(expected, MessageHeader.Classify(datagram));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reserved_bytes_must_be_zero(int at)
    {
        var datagram = new byte[MessageSize.Initiation];
        datagram[0] = 1;
        datagram[at] = 1;
        Assert.Equal(MessageType.Invalid, MessageHeader.Classify(datagram));
    }

    [Theory]
    [InlineData(0, 1420, 0)]
    [InlineData(1, 1420, 16)]
    [InlineData(16, 1420, 16)]
    [InlineData(17, 1420, 32)]
    [InlineData(1409, 1420, 1420)]
    [InlineData(1420, 1420, 1420)]
    [InlineData(1421, 1420, 1436)]
    [InlineData(2840, 1420, 2840)]
    [InlineData(1409, 0, 1424)]
    public void Padding_goes_to_sixteen_and_never_past_the_mtu(int length, int mtu, int padded)
    {
        Assert.Equal(padded, MessageHeader.PaddedLength(length, mtu));
        Assert.Equal(padded + 32, MessageHeader.SealedLength(length, mtu));
    }

    [Fact]
    public void Padding_adds_at_most_fifteen_bytes() =>
        Prop.ForAll(Gen.Choose(0, 65535).Two().ToArbitrary(), sample =>
        {
            var padded = MessageHeader.PaddedLength(sample.Item1, sample.Item2);
            return padded >= sample.Item1 && padded - sample.Item1 < 16
                && (sample.Item2 == 0 || sample.Item1 > sample.Item2 || padded <= sample.Item2);
        }).QuickCheckThrowOnFailure();
}
