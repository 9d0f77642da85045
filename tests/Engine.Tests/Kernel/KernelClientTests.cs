using System;
using System.IO;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Engine.Kernel;
using Warren.Engine.Tests.Uapi;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Kernel;

public class KernelClientTests
{
    [Fact]
    public void A_change_has_these_bytes()
    {
        using var kernel = new FakeKernel();
        new KernelClient(() => kernel).Set("wg0", new DeviceChange
        {
            ListenPort = 51820,
            ReplacePeers = true,
            Peers =
            [
                new PeerChange
                {
                    PublicKey = PublicKey.FromBytes([.. Enumerable.Repeat((byte)0xab, 32)]),
                    Endpoint = new Endpoint(IpAddress.V4(0x01020304), 5),
                    ReplaceAllowedIps = true,
                    AllowedIps = [new AllowedIpChange(IpAddress.V4(0x0a000000), 8, Remove: true)],
                },
            ],
        });
        Assert.Equal(
            "0800" + "0200" + "77673000" // WGDEVICE_A_IFNAME "wg0\0"
            + "0600" + "0600" + "6cca0000" // WGDEVICE_A_LISTEN_PORT, padded
            + "0800" + "0500" + "01000000" // WGDEVICE_A_FLAGS: replace peers
            + "7000" + "0880" // WGDEVICE_A_PEERS, nested
            + "6c00" + "0080"
            + "2400" + "0100" + string.Concat(Enumerable.Repeat("ab", 32)) // WGPEER_A_PUBLIC_KEY
            + "1400" + "0400" + "02000005010203040000000000000000" // WGPEER_A_ENDPOINT, sockaddr_in
            + "0800" + "0300" + "02000000" // WGPEER_A_FLAGS: replace allowed IPs
            + "2800" + "0980" // WGPEER_A_ALLOWEDIPS
            + "2400" + "0080"
            + "0600" + "0100" + "02000000" // AF_INET
            + "0800" + "0200" + "0a000000"
            + "0500" + "0300" + "08000000"
            + "0800" + "0400" + "01000000", // WGALLOWEDIP_A_FLAGS: remove me
            Convert.ToHexStringLower(Assert.Single(kernel.Sent)));
    }

    [Fact]
    public void Any_change_arrives_as_it_was_asked() =>
        Prop.ForAll(ModelGenerators.Changes, change =>
        {
            using var kernel = new FakeKernel();
            change = change with { BindAddress = null };
            new KernelClient(() => kernel).Set("wg0", change);
            return kernel.Asked() == Text(change);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_is_cut_into_messages_and_nothing_is_cleared_twice()
    {
        var random = new Random(1);
        var many = Enumerable.Range(0, 3000).Select(i => new AllowedIpChange(IpAddress.V4((uint)i << 8), 24, false)).ToArray();
        var change = ModelGenerators.Change(random, 400) with { BindAddress = null, ReplacePeers = true };
        var first = new PeerChange { PublicKey = PublicKey.FromBytes(new byte[32]), ReplaceAllowedIps = true, AllowedIps = many };
        change = change with { Peers = [first, .. change.Peers, first with { PublicKey = PublicKey.FromBytes([1, .. new byte[31]]) }] };
        using var kernel = new FakeKernel();
        new KernelClient(() => kernel).Set("wg0", change);
        Assert.InRange(kernel.Sent.Count, 10, 40);
        Assert.All(kernel.Sent, message => Assert.InRange(message.Length, 1, 16384));
        Assert.Equal(Text(change), kernel.Asked());
    }

    [Fact]
    public void Any_state_is_read_and_adjacent_pieces_of_a_peer_are_one() =>
        Prop.ForAll(ModelGenerators.States, state =>
        {
            using var kernel = new FakeKernel(state);
            return Text(new KernelClient(() => kernel).Get("wg0")) == Text(state);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_device_is_asked_for_by_its_name()
    {
        using var kernel = new FakeKernel(new DeviceState { Name = "wg0" });
        Assert.Equal("wg0", new KernelClient(() => kernel).Get("wg0").Name);
        Assert.Equal("0800020077673000", Convert.ToHexStringLower(Assert.Single(kernel.Sent)));
    }

    [Theory]
    [InlineData("No such device", Errno.ENODEV)]
    [InlineData("Operation not permitted", Errno.EPERM)]
    [InlineData("Operation not supported", Errno.EOPNOTSUPP)]
    public void A_refusal_has_the_text_of_the_system(string text, Errno errno)
    {
        using var kernel = new FakeKernel(refusal: errno);
        var client = new KernelClient(() => kernel);
        Assert.Equal(text, Assert.Throws<DeviceException>(() => client.Get("wg0")).Message);
        Assert.Equal(text, Assert.Throws<DeviceException>(() => client.Set("wg0", new DeviceChange())).Message);
    }

    [Fact]
    public void A_kernel_without_WireGuard_and_a_long_name_say_so()
    {
        var client = new KernelClient(static () => null);
        Assert.Equal("Protocol not supported", Assert.Throws<DeviceException>(() => client.Get("wg0")).Message);
        Assert.Equal("File name too long", Assert.Throws<DeviceException>(() => client.Get("wg0wg0wg0wg0wg0w")).Message);
    }

    private static string Text(DeviceChange change)
    {
        using var text = new StringWriter();
        UapiText.WriteSet(change, text);
        return text.ToString();
    }

    private static string Text(DeviceState state)
    {
        using var text = new StringWriter();
        UapiText.WriteGet(state, text);
        return text.ToString();
    }
}
