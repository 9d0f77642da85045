using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

public sealed class IpAddressTests
{
    [Fact, Trait("Category", "Property")]
    public void Text_bytes_and_platform_objects_read_back()
    {
        Prop.ForAll(Arb.From(RoutingGenerators.Addresses), address =>
        {
            Span<byte> bytes = stackalloc byte[16];
            return IpAddress.TryParse(address.ToString(), out var parsed) && parsed == address
                && IpAddress.FromBytes(bytes[..address.Write(bytes)]) == address
                && IpAddress.From(address.ToIPAddress()) == address
                && address.ToIPAddress().AddressFamily
                    == (address.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        }).QuickCheckThrowOnFailure();
    }

    [Fact, Trait("Category", "Property")]
    public void Order_is_family_first_then_as_unsigned_numbers()
    {
        Prop.ForAll(Arb.From(RoutingGenerators.Addresses.Two()), pair =>
        {
            var (left, right) = pair;
            Span<byte> a = stackalloc byte[16], b = stackalloc byte[16];
            var expected = left.IsIPv6 != right.IsIPv6
                ? left.IsIPv6.CompareTo(right.IsIPv6)
                : a[..left.Write(a)].SequenceCompareTo(b[..right.Write(b)]);
            return Math.Sign(left.CompareTo(right)) == Math.Sign(expected)
                && left < right == expected < 0 && left >= right == expected >= 0
                && left > right == expected > 0 && left <= right == expected <= 0;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1.2.3.4")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("010.0.0.1")]
    [InlineData("00.0.0.1")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4 ")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4.")]
    [InlineData("1.2.3.4/32")]
    [InlineData("1.2.3.4:80")]
    [InlineData("::")]
    [InlineData("::1/64")]
    [InlineData("::1/128")]
    [InlineData("::1]")]
    [InlineData("[::1]")]
    [InlineData("::1%1")]
    [InlineData("::1 ")]
    [InlineData(" ::1")]
    [InlineData("FE80::ABCD")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("::1.2.3.4")]
    [InlineData("1:2:3:4:5:6:7.8.9.10")]
    [InlineData("1:2:3:4:5:6:1.2.3.4")]
    [InlineData("::ffff:01.2.3.4")]
    [InlineData("::ffff:1.2.3")]
    [InlineData("::ffff:1.2.3.400")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("1::3:4:5:6:7:8")]
    [InlineData("1::2::3")]
    [InlineData(":::")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData("00001::")]
    [InlineData("0001::")]
    [InlineData("g::")]
    [InlineData("0x1::")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(":")]
    [InlineData("::1:80]:1")]
    public void Takes_exactly_what_inet_pton_takes(string text)
    {
        var expected = new byte[16];
        IpAddress? oracle = InetPton(2, text, expected) == 1 ? IpAddress.FromBytes(expected.AsSpan(0, 4))
            : InetPton(10, text, expected) == 1 ? IpAddress.FromBytes(expected)
            : null;
        Assert.Equal(oracle, IpAddress.TryParse(text, out var address) ? address : null);
    }

    [Fact, Trait("Category", "Property")]
    public void Noise_is_taken_only_when_inet_pton_takes_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "inet_pton and its address family numbers are Linux's here");
        var noise = Gen.Elements("0123456789abcdfF:::...%/[]x -".ToCharArray()).ArrayOf(12)
            .SelectMany(text => Gen.Choose(1, 12).Select(length => new string(text, 0, length)));
        Prop.ForAll(Arb.From(noise), text =>
        {
            var bytes = new byte[16];
            var taken = InetPton(2, text, bytes) == 1 || InetPton(10, text, bytes) == 1;
            return IpAddress.TryParse(text, out _) == taken;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void An_IPv4_mapped_address_stays_IPv6()
    {
        var mapped = IpAddress.From(IPAddress.Parse("::ffff:1.2.3.4"));
        Assert.True(mapped.IsIPv6);
        Assert.NotEqual(IpAddress.V4(0x01020304), mapped);
        Assert.Equal("::ffff:1.2.3.4", mapped.ToString());
    }

    [Fact]
    public void The_default_value_is_the_unspecified_IPv4_address()
    {
        Assert.Equal("0.0.0.0", default(IpAddress).ToString());
        Assert.True(default(IpAddress).IsUnspecified);
        Assert.Throws<ArgumentException>(() => IpAddress.FromBytes(new byte[5]));
    }

    [DllImport("libc", EntryPoint = "inet_pton", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int InetPton(int family, string text, byte[] address);
}
