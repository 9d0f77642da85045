using System;
using System.Net;
using System.Net.Sockets;
using Warren.Linux.Events;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Tests.Live;

/// <summary>A peer of a device that may say anything inside the tunnel: a tunnel of ours with a socket, and no TUN.</summary>
internal sealed class InsidePeer : IDisposable
{
    private readonly IndexTable _indices = new();
    private readonly PrivateKey _key = PrivateKey.Generate(SystemRandom.Shared);
    private readonly LocalIdentity _identity;
    private readonly Tunnel _tunnel;
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65536];

    /// <summary>Connected from 192.0.2.1 to the device at 192.0.2.2, port 51820.</summary>
    public InsidePeer(TestNamespace space, TestDevice device, params string[] allowedIps)
    {
        _socket = space.In(static () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        _socket.Connect(IPAddress.Parse("192.0.2.2"), 51820);
        _identity = new LocalIdentity(_key, Primitives.Managed);
        _tunnel = new Tunnel(_identity, device.PublicKey, _indices, Primitives.Managed, SystemRandom.Shared);
        _tunnel.SetEndpoint(new Endpoint(IpAddress.V4(0xC0000202), 51820));
        _tunnel.Start(Now);
        device.AddPeer(_key.PublicKey, null, null, allowedIps);
        Assert.Equal(DropReason.None, _tunnel.Stage(Now, new byte[20], 1420));
        _socket.ReceiveTimeout = 5000;
        Tend();
        var response = _buffer.AsSpan(0, _socket.Receive(_buffer));
        Assert.Equal(MessageType.Response, MessageHeader.Classify(response));
        Assert.Equal(DropReason.None, _tunnel.HandleResponse(Now, response, _tunnel.Path));
        Tend();
    }

    private static Instant Now => new(MonotonicClock.Ticks);

    /// <summary>Seals whatever it is and sends it, padded as a packet would be.</summary>
    public void Send(ReadOnlySpan<byte> inside)
    {
        Assert.True(_tunnel.TryReserve(Now, 1, out var keypair, out var counter));
        var length = keypair.Seal(counter, inside, (inside.Length + 15) & ~15, _buffer);
        _tunnel.Sent(Now, keypair, 1);
        keypair.Release();
        _socket.Send(_buffer.AsSpan(0, length));
    }

    public void Dispose()
    {
        _tunnel.Dispose();
        _identity.Dispose();
        _key.Dispose();
        _socket.Dispose();
    }

    private void Tend()
    {
        while (_tunnel.NextDeadline <= Now)
        {
            RealtimeClock.Now(out var seconds, out var nanoseconds);
            var output = _tunnel.Poll(Now, Tai64N.FromUnix(seconds, nanoseconds), _buffer);
            if (output.Kind == OutputKind.None)
                return;
            _socket.Send(_buffer.AsSpan(0, output.Length));
        }
    }
}
