using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Live;

/// <summary>The port of a device: taken, changed while packets pass, bound to one address, marked.</summary>
[Trait("Category", "Root")]
public sealed class PortTests : IDisposable
{
    private readonly TestNamespace _left = new();
    private readonly TestNamespace _right = new();

    public PortTests() => _left.JoinTo(_right);

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    [Fact]
    public void A_port_in_use_is_refused_while_the_link_is_down()
    {
        using var other = Occupy(51820);
        using var device = new TestDevice(_left, "wg0");
        Assert.Equal(Errno.EADDRINUSE, device.Configure(new DeviceChange { ListenPort = 51820 }));
        Assert.Equal(0, device.State().ListenPort);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_port_in_use_is_refused_while_the_link_is_up_and_the_old_one_goes_on(int workers)
    {
        using var other = Occupy(51821);
        using var device = new TestDevice(_left, "wg0", workers).Up("10.9.0.1/24", 51820);
        Assert.Equal(Errno.EADDRINUSE, device.Configure(new DeviceChange { ListenPort = 51821 }));
        Assert.Equal(51820, device.State().ListenPort);
        Assert.Contains(":51820 ", _left.Run("ss -Huln"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_changes_under_a_session_and_the_peer_follows()
    {
        using var a = new TestDevice(_left, "wg0").Up("10.9.0.1/24", 51820);
        using var b = new TestDevice(_right, "wg0").Up("10.9.0.2/24", 51820);
        a.AddPeer(b.PublicKey, "192.0.2.2:51820", null, "10.9.0.2/32");
        b.AddPeer(a.PublicKey, null, null, "10.9.0.1/32");
        _left.Run("ping -c 2 -i 0.05 -W 2 10.9.0.2");
        var handshake = b.State().Peers[0].LastHandshakeSeconds;

        Assert.Equal(Errno.None, a.Configure(new DeviceChange { ListenPort = 40000 }));
        _left.Run("ping -c 2 -i 0.05 -W 2 10.9.0.2");
        Assert.Equal(40000, b.State().Peers[0].Endpoint!.Value.Port);
        Assert.Equal(handshake, b.State().Peers[0].LastHandshakeSeconds);

        Assert.Equal(Errno.None, a.Configure(new DeviceChange { ListenPort = 0 }));
        Assert.NotEqual(0, a.State().ListenPort);
        _left.Run("ping -c 2 -i 0.05 -W 2 10.9.0.2");
    }

    [Fact]
    public void Two_devices_share_a_port_on_two_addresses()
    {
        _left.Run("ip address add 192.0.2.101/24 dev wire");
        using var first = new TestDevice(_left, "wg0");
        using var second = new TestDevice(_left, "wg1");
        first.Configure(new DeviceChange { BindAddress = Address("192.0.2.1"), ListenPort = 12800 });
        second.Configure(new DeviceChange { BindAddress = Address("192.0.2.101"), ListenPort = 12800 });
        first.Up("10.9.0.1/24", 12800);
        second.Up("10.9.1.1/24", 12800);

        var sockets = _left.Run("ss -Huln");
        Assert.Contains("192.0.2.1:12800 ", sockets, StringComparison.Ordinal);
        Assert.Contains("192.0.2.101:12800 ", sockets, StringComparison.Ordinal);
        Assert.DoesNotContain("[::]:12800", sockets, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_leaves_from_the_address_that_was_spoken_to()
    {
        _right.Run("ip address add 192.0.2.102/24 dev wire");
        using var a = new TestDevice(_left, "wg0").Up("10.9.0.1/24", 51820);
        using var b = new TestDevice(_right, "wg0").Up("10.9.0.2/24", 51820);
        a.AddPeer(b.PublicKey, "192.0.2.102:51820", null, "10.9.0.2/32");
        b.AddPeer(a.PublicKey, null, null, "10.9.0.1/32");
        _left.Run("ping -c 3 -i 0.05 -W 2 10.9.0.2");
        Assert.Equal("192.0.2.102:51820", a.State().Peers[0].Endpoint!.Value.ToString());

        // Gone: the next answer leaves from another, and the peer follows.
        _right.Run("ip address delete 192.0.2.102/24 dev wire");
        _right.Run("ping -c 5 -i 0.2 -W 2 10.9.0.1");
        Assert.Equal("192.0.2.2:51820", a.State().Peers[0].Endpoint!.Value.ToString());
    }

    [Fact]
    public void Descriptors_opened_by_somebody_else_are_taken_over()
    {
        var folder = Directory.CreateTempSubdirectory("warren-given").FullName;
        try
        {
            // The engine owns both descriptors from now on: these two objects must never close them.
#pragma warning disable CA1816 // Not in a Dispose: that is the point.
            var tun = _left.In(() => Linux.Tun.TunDevice.Open("wg0"));
            GC.SuppressFinalize(typeof(Linux.Tun.TunQueue).GetField("_descriptor", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(tun[0])!);
            var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            GC.SuppressFinalize(listener.SafeHandle);
            GC.SuppressFinalize(listener);
#pragma warning restore CA1816
            listener.Bind(new UnixDomainSocketEndPoint(folder + "/wg0.sock"));
            listener.Listen();
            var options = new EngineOptions
            {
                InterfaceName = "wg0",
                UapiDirectory = folder,
                TunDescriptor = tun[0].Descriptor,
                UapiDescriptor = (int)listener.Handle,
            };
            using var host = _left.In(() => EngineHost.Start(options, TextWriter.Null));
            _left.Run("ip link set wg0 up");
            TestNamespace.WaitUntil("a port", () => new UapiClient(folder).Get("wg0").ListenPort != 0, TimeSpan.FromSeconds(5));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Socket Occupy(int port) => _left.In(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        return socket;
    });

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);
}
