using System;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

public sealed class IpPrefixTests
{
    [Fact, Trait("Category", "Property")]
    public void Text_reads_back()
    {
        Prop.ForAll(Arb.From(RoutingGenerators.AnyPrefixes), prefix =>
            IpPrefix.TryParse(prefix.ToString(), out var parsed) && parsed == prefix).QuickCheckThrowOnFailure();
    }

    [Fact, Trait("Category", "Property")]
    public void Contains_exactly_the_addresses_that_share_its_bits()
    {
        var pairs =
            from prefix in RoutingGenerators.CrowdedPrefixes
            from address in RoutingGenerators.CrowdedAddresses
            select (prefix, address);
        Prop.ForAll(Arb.From(pairs), pair =>
        {
            var (prefix, address) = pair;
            var inside = prefix.IsIPv6 == address.IsIPv6;
            for (var bit = 0; inside && bit < prefix.Length; bit++)
            {
                var mask = UInt128.One << (address.BitLength - 1 - bit);
                inside = (address.Bits & mask) == (prefix.Address.Bits & mask);
            }

            return prefix.Contains(address) == inside;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3", "10.1.2.3/32")]
    [InlineData("255.255.255.255/0", "0.0.0.0/0")]
    [InlineData("fd00::1/64", "fd00::/64")]
    [InlineData("fd00::1", "fd00::1/128")]
    [InlineData("ffff::/0", "::/0")]
    public void Host_bits_are_cleared(string text, string expected)
    {
        Assert.True(IpPrefix.TryParse(text, out var prefix));
        Assert.Equal(expected, prefix.ToString());
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("::/129")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/4294967304")]
    [InlineData("/8")]
    [InlineData("")]
    public void Rejects_what_is_no_prefix(string text) => Assert.False(IpPrefix.TryParse(text, out _));

    [Fact]
    public void Lengths_outside_the_family_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpPrefix(IpAddress.V4(0), 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpPrefix(IpAddress.V6(0), 129));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpPrefix(IpAddress.V6(0), -1));
    }
}
