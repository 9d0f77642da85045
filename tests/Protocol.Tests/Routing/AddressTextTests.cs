using System;
using System.Net;
using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

public class AddressTextTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("10.0.0.1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1::2")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("::192.0.2.1")]
    [InlineData("fe80::5efe:c000:201")]
    [InlineData("::ffff:0:c000:201")]
    [InlineData("1:2:3:4:5:6:7:8")]
    public void Canonical_text_is_kept(string text)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    [InlineData("0:0:0:0:0:0:0:0", "::")]
    [InlineData("1::192.0.2.1", "1::c000:201")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    public void Other_text_is_made_canonical(string text, string canonical)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        Assert.Equal(canonical, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("01.2.3.4")]
    [InlineData("256.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("0x7f.0.0.1")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("::g")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1.2.3")]
    [InlineData("1.2.3.4::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("::1/64")]
    public void What_inet_pton_refuses_is_refused(string text) => Assert.False(IpAddress.TryParse(text, out _));

    [Fact]
    public void Every_address_reads_back_and_means_the_same_to_the_platform() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var (high, low, shape) = ((ulong)random.NextInt64(), (ulong)random.NextInt64(), random.Next(32));
            // Shapes with many zero groups: the interesting ones.
            high &= (shape & 1) == 0 ? ulong.MaxValue : 0x0000ffff0000ffff;
            low &= (shape & 2) == 0 ? ulong.MaxValue : 0xffff00000000ffff;
            var address = (shape & 12) == 0 ? IpAddress.V4((uint)low) : IpAddress.V6(new UInt128((shape & 16) == 0 ? high : 0, low));
            var text = address.ToString();
            return IpAddress.TryParse(text, out var read) && read == address
                && IPAddress.Parse(text).Equals(address.ToIPAddress())
                && (address.IsIPv6 || IPAddress.Parse(text).AddressFamily == AddressFamily.InterNetwork);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Noise_never_throws() =>
        Prop.ForAll<string>(text => !IpAddress.TryParse(text ?? "", out var address) || address.ToString().Length > 0)
            .QuickCheckThrowOnFailure();
}
