using System;
using System.Collections.Generic;
using System.IO;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Live;

/// <summary>A device of ours inside a namespace, without the process around it: its link is followed by hand.</summary>
internal sealed class TestDevice : IDisposable
{
    private readonly UdpOffloads _refusedUdp;

    // As an engine does before its link is used: to compile the ciphers for the first time can take a second of a busy machine.
    static TestDevice() => Assert.Null(SelfTestRun.Begin(Protocol.Crypto.Primitives.Managed).Failure);

    public TestDevice(
        TestNamespace space, string name, int workers = 1, TunOffloads refusedTun = TunOffloads.None, UdpOffloads refusedUdp = UdpOffloads.None,
        int mtu = 1420)
    {
        _refusedUdp = refusedUdp;
        Space = space;
        Name = name;
        PrivateKey = PrivateKey.Generate(SystemRandom.Shared);
        (Tun, Device) = space.In(() =>
        {
            TunDevice.Refused = refusedTun; // Of this thread, which ends here.
            var tun = TunDevice.Open(name, new TunOptions { Queues = workers, Offloads = TunOffloads.All, Mtu = mtu });
            return (tun, new Device(tun, mtu, new Log(LogLevel.Debug, name, Output), failure => Failure = failure));
        });
    }

    public TestNamespace Space { get; }

    public string Name { get; }

    public TunDevice Tun { get; }

    public Device Device { get; }

    public PrivateKey PrivateKey { get; }

    public PublicKey PublicKey => PrivateKey.PublicKey;

    public StringWriter Output { get; } = new();

    public LinuxException? Failure { get; private set; }

    public Errno Configure(DeviceChange change) => Space.In(() => Device.Configure(change));

    /// <summary>Gives it its key, a port, and an address, and sets it up.</summary>
    public TestDevice Up(string address, ushort port)
    {
        Span<byte> key = stackalloc byte[32];
        PrivateKey.CopyTo(key);
        Assert.Equal(Errno.None, Configure(new DeviceChange { PrivateKey = PrivateKey.FromBytes(key), ListenPort = port }));
        Space.Run($"ip address add {address} dev {Name}");
        Space.Run($"ip link set {Name} up");
        Space.In(() =>
        {
            UdpSocket.Refused = _refusedUdp; // Of this thread, which ends here.
            Device.Up();
        });
        return this;
    }

    public void AddPeer(PublicKey key, string? endpoint, ushort? keepalive, params string[] allowedIps)
    {
        var changes = new List<AllowedIpChange>();
        foreach (var text in allowedIps)
        {
            Assert.True(IpPrefix.TryParse(text, out var prefix));
            changes.Add(new AllowedIpChange(prefix.Address, prefix.Length, false));
        }

        Endpoint? parsed = null;
        if (endpoint is not null)
        {
            Assert.True(EndpointText.TryParse(endpoint, out var value));
            parsed = value;
        }

        var peer = new PeerChange { PublicKey = key, Endpoint = parsed, PersistentKeepalive = keepalive, AllowedIps = changes };
        Assert.Equal(Errno.None, Configure(new DeviceChange { Peers = [peer] }));
    }

    public DeviceState State()
    {
        using var text = new StringWriter();
        Device.Describe(text);
        return GetReader.Read(Name, new StringReader(text.ToString()));
    }

    public void Dispose()
    {
        Device.Dispose();
        Tun.Dispose();
        PrivateKey.Dispose();
        Output.Dispose();
    }
}
