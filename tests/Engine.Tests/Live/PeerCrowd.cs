using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Warren.Engine.Uapi;
using Warren.Linux.Events;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Tests.Live;

/// <summary>Many peers of one device, each a tunnel of ours with an address and a socket of its own, driven by one thread.</summary>
internal sealed class PeerCrowd : IDisposable
{
    private readonly IndexTable _indices = new();
    private readonly byte[] _buffer = new byte[2048];
    private readonly List<Member> _members = [];

    /// <summary>Members at <paramref name="net"/>.0.1 and on, known to the device; none has a session.</summary>
    public PeerCrowd(TestNamespace space, TestDevice device, string net, int count)
    {
        space.Run($"ip route add local {net}.0.0/16 dev lo");
        device.Space.Run($"ip route add {net}.0.0/16 via 192.0.2.1");
        var changes = new List<PeerChange>();
        for (var i = 1; i <= count; i++)
        {
            var socket = space.In(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false });
            socket.Bind(new IPEndPoint(IPAddress.Parse($"{net}.{i >> 8}.{i & 255}"), 0));
            socket.Connect(IPAddress.Parse("192.0.2.2"), 51820);
            var key = PrivateKey.Generate(SystemRandom.Shared);
            var identity = new LocalIdentity(key, Primitives.Managed);
            var tunnel = new Tunnel(identity, device.PublicKey, _indices, Primitives.Managed, SystemRandom.Shared);
            tunnel.SetEndpoint(new Endpoint(IpAddress.V4(0xC0000202), 51820));
            tunnel.Start(Now);
            _members.Add(new Member(key, identity, tunnel, socket));
            changes.Add(new PeerChange { PublicKey = key.PublicKey });
        }

        Assert.Equal(Linux.Errno.None, device.Configure(new DeviceChange { Peers = changes }));
    }

    /// <summary>How many have a session.</summary>
    public int Connected => _members.Count(member => member.Tunnel.HasSession(Now));

    private static Instant Now => new(MonotonicClock.Ticks);

    /// <summary>All lose their sessions and begin anew, at once; the time until every one is connected.</summary>
    public TimeSpan Reconnect(TimeSpan bound)
    {
        foreach (var member in _members)
        {
            member.Tunnel.Stop(Now);
            member.Tunnel.Start(Now);
            Assert.Equal(DropReason.None, member.Tunnel.Stage(Now, new byte[20], 1420));
        }

        var start = Stopwatch.GetTimestamp();
        while (Connected < _members.Count)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < bound, $"{Connected} of {_members.Count} connected after {bound.TotalSeconds} s");
            foreach (var member in _members)
                Serve(member);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    public void Dispose()
    {
        foreach (var member in _members)
        {
            member.Tunnel.Dispose();
            member.Identity.Dispose();
            member.Key.Dispose();
            member.Socket.Dispose();
        }
    }

    private void Serve(Member member)
    {
        while (member.Socket.Available > 0)
        {
            var message = _buffer.AsSpan(0, member.Socket.Receive(_buffer));
            switch (MessageHeader.Classify(message))
            {
                case MessageType.Response:
                    member.Tunnel.HandleResponse(Now, message, member.Tunnel.Path);
                    break;
                case MessageType.CookieReply:
                    member.Tunnel.HandleCookieReply(Now, message);
                    break;
            }
        }

        while (member.Tunnel.NextDeadline <= Now)
        {
            RealtimeClock.Now(out var seconds, out var nanoseconds);
            var output = member.Tunnel.Poll(Now, Tai64N.FromUnix(seconds, nanoseconds), _buffer);
            if (output.Kind == OutputKind.None)
                break;
            member.Socket.Send(_buffer.AsSpan(0, output.Length));
        }
    }

    private sealed record Member(PrivateKey Key, LocalIdentity Identity, Tunnel Tunnel, Socket Socket);
}
