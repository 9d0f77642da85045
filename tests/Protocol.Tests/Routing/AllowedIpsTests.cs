using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

public sealed class AllowedIpsTests
{
    private static readonly string[] Owners = ["a", "b", "c"];

    [Theory]
    [InlineData("192.168.4.4", "b")]
    [InlineData("192.168.4.5", "a")]
    [InlineData("10.1.0.1", "c")]
    [InlineData("10.10.10.10", "c")]
    [InlineData("1.1.1.1", null)]
    [InlineData("2001:db8::1", "a")]
    [InlineData("2001:db8:0:1::1", "b")]
    [InlineData("2001:db9::", null)]
    [InlineData("::ffff:192.168.4.4", null)]
    public void Longest_prefix_wins(string address, string? owner)
    {
        var table = new AllowedIps<string>();
        table.Insert(Prefix("192.168.4.0/24"), "a");
        table.Insert(Prefix("192.168.4.4/32"), "b");
        table.Insert(Prefix("10.1.0.0/16"), "a");
        table.Insert(Prefix("10.0.0.0/8"), "c");
        table.Remove(Prefix("10.1.0.0/16"), "a");
        table.Insert(Prefix("2001:db8::/32"), "a");
        table.Insert(Prefix("2001:db8:0:1::/64"), "b");
        Assert.Equal(owner, table.Find(Address(address)));
    }

    [Fact]
    public void A_default_route_of_one_family_never_opens_the_other()
    {
        var table = new AllowedIps<string>();
        table.Insert(Prefix("0.0.0.0/0"), "a");
        Assert.Equal("a", table.Find(Address("255.255.255.255")));
        Assert.Null(table.Find(Address("::1")));
        table.Insert(Prefix("::/0"), "b");
        table.RemoveAll("a");
        Assert.Null(table.Find(Address("0.0.0.0")));
        Assert.Equal("b", table.Find(Address("::")));
    }

    [Fact]
    public void An_inserted_prefix_moves_between_owners()
    {
        var table = new AllowedIps<string>();
        table.Insert(Prefix("10.0.0.0/8"), "a");
        table.Insert(Prefix("10.0.0.0/8"), "b");
        Assert.Empty(table.PrefixesOf("a"));
        Assert.Equal([Prefix("10.0.0.0/8")], table.PrefixesOf("b"));
        Assert.False(table.Remove(Prefix("10.0.0.0/8"), "a"));
        Assert.Equal(1, table.Count);
        Assert.True(table.Remove(Prefix("10.0.0.0/8"), "b"));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Owners_are_told_apart_by_reference()
    {
        var (one, other) = (new string('x', 1), new string('x', 1));
        var table = new AllowedIps<string>();
        table.Insert(Prefix("10.0.0.0/8"), one);
        Assert.False(table.Remove(Prefix("10.0.0.0/8"), other));
        table.RemoveAll(other);
        Assert.Same(one, table.Find(Address("10.0.0.1")));
    }

    [Fact, Trait("Category", "Property")]
    public void Behaves_as_a_list_searched_from_end_to_end()
    {
        var change =
            from kind in Gen.Frequency((12, Gen.Constant(0)), (6, Gen.Constant(1)), (1, Gen.Constant(2)))
            from prefix in RoutingGenerators.CrowdedPrefixes
            from owner in Gen.Elements(Owners)
            select (kind, prefix, owner);
        var sequence =
            from changes in change.ListOf(60)
            from probes in RoutingGenerators.CrowdedAddresses.ListOf(20)
            select (changes, probes);
        Prop.ForAll(Arb.From(sequence), drawn => Agrees(drawn.changes, drawn.probes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void Finds_source_and_destination_of_packets()
    {
        var table = new AllowedIps<string>();
        table.Insert(Prefix("10.0.0.1/32"), "a");
        table.Insert(Prefix("fd00::/16"), "b");
        var ipv4 = new byte[20];
        ipv4[0] = 0x45;
        Address("10.0.0.1").Write(ipv4.AsSpan(12));
        Address("10.0.0.2").Write(ipv4.AsSpan(16));
        Assert.Equal("a", table.FindSource(ipv4));
        Assert.Null(table.FindDestination(ipv4));
        var ipv6 = new byte[40];
        ipv6[0] = 0x60;
        Address("fe80::1").Write(ipv6.AsSpan(8));
        Address("fd00::1").Write(ipv6.AsSpan(24));
        Assert.Null(table.FindSource(ipv6));
        Assert.Equal("b", table.FindDestination(ipv6));
        Assert.Null(table.FindDestination(ipv6.AsSpan(0, 39)));
        Assert.Null(table.FindDestination([]));
    }

    private static bool Agrees(
        IEnumerable<(int Kind, IpPrefix Prefix, string Owner)> changes, IReadOnlyCollection<IpAddress> probes)
    {
        var table = new AllowedIps<string>();
        var model = new NaiveAllowedIps();
        foreach (var (kind, prefix, owner) in changes)
        {
            switch (kind)
            {
                case 0:
                    table.Insert(prefix, owner);
                    model.Insert(prefix, owner);
                    break;
                case 1:
                    if (table.Remove(prefix, owner) != model.Remove(prefix, owner))
                        return false;
                    break;
                default:
                    table.RemoveAll(owner);
                    model.RemoveAll(owner);
                    break;
            }

            if (table.Count != model.Count
                || probes.Append(prefix.Address).Any(address => table.Find(address) != model.Find(address))
                || Owners.Any(each => !table.PrefixesOf(each).SequenceEqual(model.PrefixesOf(each))))
                return false;
        }

        return true;
    }

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address)
        ? address
        : throw new ArgumentException(text);

    private static IpPrefix Prefix(string text) => IpPrefix.TryParse(text, out var prefix)
        ? prefix
        : throw new ArgumentException(text);
}
