using System;
using System.Linq;
using Warren.Linux.Libc;
using Warren.Linux.Netlink;

namespace Warren.Linux.Tests.Netlink;

/// <summary>The exact bytes of requests, and answers that a real kernel rarely gives, against the kernel as a function.</summary>
public sealed class RouteNetlinkBytesTests
{
    private const string ZeroLink = "00000000" + "00000000" + "00000000" + "00000000";

    [Fact]
    public void A_link_is_added_exclusively_with_its_kind() =>
        AssertRequest(netlink => netlink.AddLink("wg0", "wireguard"),
            "3c000000" + "1000" + "0506" + "01000000" + "00000000" + ZeroLink
            + "08000300" + "77673000" + "14001280" + "0e000100" + Text("wireguard") + "0000", length: 0x3c);

    [Fact]
    public void A_veth_peer_is_nested_with_its_name_and_namespace() =>
        AssertRequest(netlink => netlink.AddVeth("a", "b", peerNamespacePid: 0x1234),
            "60000000" + "1000" + "0506" + "01000000" + "00000000" + ZeroLink
            + "06000300" + "61000000" + "38001280" + "09000100" + Text("veth") + "000000"
            + "28000280" + "24000180" + ZeroLink + "06000300" + "62000000" + "08001300" + "34120000", length: 0x60);

    [Fact]
    public void A_default_route_in_a_high_table_has_no_destination_attribute() =>
        AssertRequest(
            netlink => netlink.AddRoute(new RouteSpec { Destination = new byte[4], PrefixLength = 0, Table = 51820, LinkIndex = 7 }),
            "2c000000" + "1800" + "0506" + "01000000" + "00000000"
            + "02" + "00" + "00" + "00" + "fc" + "03" + "fd" + "01" + "00000000"
            + "08000f00" + "6cca0000" + "08000400" + "07000000", length: 0x2c);

    [Fact]
    public void A_rule_says_not_mark_table_and_suppression() =>
        AssertRequest(
            netlink => netlink.AddRule(new RuleSpec
            {
                IsIPv6 = true, Invert = true, FwMark = 0xca6c, Table = 51820, SuppressPrefixLength = 0,
            }),
            "34000000" + "2000" + "0506" + "01000000" + "00000000"
            + "0a" + "00" + "00" + "00" + "00" + "00" + "00" + "01" + "02000000"
            + "08000a00" + "6cca0000" + "08000f00" + "6cca0000" + "08000e00" + "00000000", length: 0x34);

    [Fact]
    public void An_address_is_local_and_remote_at_once() =>
        AssertRequest(netlink => netlink.AddAddress(3, [10, 0, 0, 1], 24, noDad: true),
            "30000000" + "1400" + "0506" + "01000000" + "00000000"
            + "02" + "18" + "00" + "00" + "03000000"
            + "08000200" + "0a000001" + "08000100" + "0a000001" + "08000800" + "02000000", length: 0x30);

    [Fact]
    public void A_refusal_carries_the_kernels_own_text()
    {
        using var netlink = new RouteNetlink(new FakeKernel(request => [FakeKernel.Ack(request, -22, "Nexthop has invalid gateway")]));
        var error = Assert.Throws<LinuxException>(() =>
            netlink.AddRoute(new RouteSpec { Destination = [10, 0, 0, 0], PrefixLength = 8, Gateway = [1, 2, 3, 4] }));
        Assert.Equal(Errno.EINVAL, error.Errno);
        Assert.Equal("Nexthop has invalid gateway", error.Detail);
        Assert.Equal("add route 10.0.0.0/8: Invalid argument (Nexthop has invalid gateway)", error.Message);
    }

    [Fact]
    public void An_uncapped_refusal_is_read_behind_the_echoed_request()
    {
        using var netlink = new RouteNetlink(new FakeKernel(request =>
        {
            byte[] payload = new byte[4 + request.Length + 12];
            BitConverter.TryWriteBytes(payload, -1);
            request.CopyTo(payload, 4);
            new byte[] { 10, 0, 1, 0, (byte)'n', (byte)'o', (byte)'!', 0 }.CopyTo(payload, 4 + request.Length);
            return [FakeKernel.Message(LinuxNetlink.NLMSG_ERROR, LinuxNetlink.NLM_F_ACK_TLVS, FakeKernel.Sequence(request), payload)];
        }));
        Assert.Equal("no!", Assert.Throws<LinuxException>(() => netlink.DeleteLink("x")).Detail);
    }

    [Fact]
    public void A_dump_that_a_change_interrupted_is_asked_for_again()
    {
        int asked = 0;
        var kernel = new FakeKernel(request => ++asked switch
        {
            1 => [Link(request, 1, "old", LinuxNetlink.NLM_F_DUMP_INTR), FakeKernel.Done(request)],
            2 => [Link(request, 1, "old", 0), FakeKernel.Done(request, flags: LinuxNetlink.NLM_F_DUMP_INTR)],
            3 => [FakeKernel.Done(request, -(int)Errno.EINTR)],
            _ => [Link(request, 1, "lo", 0), Link(request, 2, "wg0", 0), FakeKernel.Done(request)],
        });
        using var netlink = new RouteNetlink(kernel);
        Assert.Equal(["lo", "wg0"], netlink.Links().Select(link => link.Name));
        Assert.Equal(4, asked);
    }

    [Fact]
    public void A_dump_that_never_settles_is_given_up()
    {
        using var netlink = new RouteNetlink(new FakeKernel(request => [FakeKernel.Done(request, flags: LinuxNetlink.NLM_F_DUMP_INTR)]));
        Assert.Equal(Errno.EINTR, Assert.Throws<LinuxException>(() => netlink.Links()).Errno);
    }

    [Fact]
    public void Answers_to_earlier_requests_are_passed_over()
    {
        using var netlink = new RouteNetlink(new FakeKernel(request =>
        {
            byte[] stale = FakeKernel.Ack(request, -1);
            stale[8] += 100; // nlmsg_seq
            return [stale, FakeKernel.Ack(request, 0)];
        }));
        netlink.DeleteLink("wg0");
    }

    [Fact]
    public void A_cut_answer_is_a_protocol_error()
    {
        using var netlink = new RouteNetlink(new FakeKernel(request => [FakeKernel.Ack(request, 0)[..18]]));
        Assert.Equal(Errno.EPROTO, Assert.Throws<LinuxException>(() => netlink.DeleteLink("wg0")).Errno);
    }

    [Fact]
    public void A_port_leaving_its_bridge_is_not_a_link_that_went()
    {
        byte[] payload = new byte[16];
        payload[0] = 7; // AF_BRIDGE
        Assert.Null(LinkState.Parse(payload));
    }

    [Fact]
    public void Names_of_sixteen_characters_are_refused_before_the_kernel_is_asked()
    {
        FakeKernel kernel = FakeKernel.Agreeing();
        using var netlink = new RouteNetlink(kernel);
        const string Long = "abcdefghijklmnop";
        Assert.Null(netlink.FindLink(Long));
        Assert.Equal(Errno.ENAMETOOLONG, Assert.Throws<LinuxException>(() => netlink.AddLink(Long, "bridge")).Errno);
        Assert.Equal(Errno.ENAMETOOLONG, Assert.Throws<LinuxException>(() => netlink.DeleteLink(Long)).Errno);
        Assert.Empty(kernel.Requests);
    }

    private static byte[] Link(byte[] request, int index, string name, ushort flags)
    {
        byte[] payload = new byte[64];
        BitConverter.TryWriteBytes(payload.AsSpan(4), index);
        var attributes = new AttributeWriter(payload.AsSpan(16));
        attributes.AddText(LinuxIfLink.IFLA_IFNAME, name);
        return FakeKernel.Message(LinuxRtnetlink.RTM_NEWLINK, (ushort)(flags | 2), FakeKernel.Sequence(request), payload.AsSpan(0, 16 + attributes.Length));
    }

    private static string Text(string value) => Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(value)) + "00";

    private static void AssertRequest(Action<RouteNetlink> act, string hex, int length)
    {
        FakeKernel kernel = FakeKernel.Agreeing();
        using var netlink = new RouteNetlink(kernel);
        act(netlink);
        string request = Assert.Single(kernel.Requests);
        Assert.Equal(hex, request);
        Assert.Equal(length * 2, request.Length);
    }
}
