using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Linux.Netlink;

namespace Warren.Linux.Tests.Netlink;

public sealed class AttributeTests
{
    [Fact]
    public void Writes_length_type_payload_and_padding()
    {
        var writer = new AttributeWriter(new byte[128]);
        writer.AddByte(1, 0xaa);
        writer.AddText(2, "wg0");
        int outer = writer.Begin(3);
        writer.AddUInt16(4, 0x1234);
        writer.AddUInt64(5, 1);
        writer.End(outer);
        writer.AddFlag(6);
        Assert.Equal("05000100aa000000" + "0800020077673000" + "18000380" + "0600040034120000" + "0c0005000100000000000000" + "04000600",
            Convert.ToHexStringLower(writer.Written));
    }

    [Fact]
    public void What_does_not_fit_is_said_and_can_be_taken_back()
    {
        var writer = new AttributeWriter(new byte[16]);
        writer.AddUInt32(1, 7);
        int mark = writer.Length;
        writer.AddUInt64(2, 8);
        Assert.True(writer.HasOverflowed);
        writer.AddFlag(3); // would fit, but nothing follows what was lost
        Assert.Equal(8, writer.Length);
        writer.Rewind(mark);
        Assert.False(writer.HasOverflowed);
        writer.AddUInt32(2, 9);
        Assert.False(writer.HasOverflowed);
        Assert.Equal(16, writer.Length);
    }

    [Fact]
    public void Reads_what_was_written()
    {
        var writer = new AttributeWriter(new byte[128]);
        writer.AddByte(1, 0xaa);
        int outer = writer.Begin(3);
        writer.AddText(2, "wg0");
        writer.AddUInt64(5, ulong.MaxValue);
        writer.End(outer);
        var reader = new AttributeReader(writer.Written);
        Assert.True(reader.Next());
        Assert.Equal(1, reader.Type);
        Assert.Equal(0xaa, reader.Byte());
        Assert.True(reader.Next());
        Assert.Equal(3, reader.Type); // without NLA_F_NESTED
        AttributeReader nested = reader.Nested();
        Assert.True(nested.Next());
        Assert.Equal("wg0", nested.Text());
        Assert.True(nested.Next());
        Assert.Equal(ulong.MaxValue, nested.UInt64());
        Assert.False(nested.Next());
        Assert.False(reader.Next());
        Assert.False(reader.IsMalformed || nested.IsMalformed);
    }

    [Theory]
    [InlineData("0500")]
    [InlineData("03000100")]
    [InlineData("0900010000000000")]
    public void A_length_that_does_not_fit_ends_the_reading(string hex)
    {
        var reader = new AttributeReader(Convert.FromHexString(hex));
        Assert.False(reader.Next());
        Assert.True(reader.IsMalformed);
        Assert.False(reader.Next());
    }

    [Fact]
    public void A_number_of_the_wrong_size_is_zero_and_remembered()
    {
        var reader = new AttributeReader(Convert.FromHexString("06000100ffff0000" + "08000200ffffffff"));
        Assert.True(reader.Next());
        Assert.Equal(0u, reader.UInt32());
        Assert.True(reader.Next());
        Assert.Equal(uint.MaxValue, reader.UInt32());
        Assert.True(reader.IsMalformed);
    }

    [Fact]
    public void Noise_never_throws_and_always_ends() => Prop.ForAll<byte[]>(noise =>
    {
        var reader = new AttributeReader(noise);
        int count = 0;
        while (reader.Next())
        {
            _ = reader.Byte() + reader.UInt16() + reader.UInt32();
            _ = reader.UInt64();
            _ = reader.Text();
            AttributeReader nested = reader.Nested();
            while (nested.Next()) count++;
            count++;
        }

        LinkState.Parse(noise);
        AddressState.Parse(noise);
        RouteState.Parse(noise);
        RuleState.Parse(noise);
        return count <= noise.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_payloads_come_back() => Prop.ForAll<byte[][]>(payloads =>
    {
        byte[][] expected = payloads.Where(payload => payload is not null).ToArray();
        var writer = new AttributeWriter(new byte[1 << 16]);
        for (int i = 0; i < expected.Length; i++) writer.Add((ushort)(i + 1), expected[i]);
        var reader = new AttributeReader(writer.Written);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!reader.Next() || reader.Type != i + 1 || !reader.Payload.SequenceEqual(expected[i])) return false;
        }

        return !reader.Next() && !reader.IsMalformed;
    }).QuickCheckThrowOnFailure();
}
