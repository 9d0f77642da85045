using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;

namespace Warren.Engine.Tests.Live;

/// <summary>Initiations of nobody, from many addresses, 40,000 a second at most, until disposed: twice what means load, and no
/// more than a busy machine can still read from its socket. Whoever knows the device's public key can send these: the first mac
/// may be right.</summary>
internal sealed class InitiationFlood : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private long _sent;

    public InitiationFlood(TestNamespace space, TestDevice device, string net, bool validMac1)
    {
        const int sources = 250;
        space.Run($"ip route add local {net}.0.0/16 dev lo");
        device.Space.Run($"ip route add {net}.0.0/16 via 192.0.2.1");
        Socket[] sockets = [.. Enumerable.Range(1, sources).Select(i =>
        {
            var socket = space.In(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
            socket.Bind(new IPEndPoint(IPAddress.Parse($"{net}.0.{i}"), 0));
            socket.Connect(IPAddress.Parse("192.0.2.2"), 51820);
            return socket;
        })];
        byte[][] messages = [.. Enumerable.Range(0, 1000).Select(seed => Forge(seed, device.PublicKey, validMac1))];
        _thread = new Thread(() =>
        {
            while (!_isStopping)
            {
                for (var i = 0; i < messages.Length; i++)
                    sockets[i % sources].Send(messages[i], SocketFlags.None, out _);
                Interlocked.Add(ref _sent, messages.Length);
                Thread.Sleep(TimeSpan.FromMilliseconds(25));
            }

            foreach (var socket in sockets)
                socket.Dispose();
        })
        { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many were sent so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private static byte[] Forge(int seed, PublicKey device, bool validMac1)
    {
        var message = new byte[MessageSize.Initiation];
        new Random(seed).NextBytes(message);
        (message[0], message[1], message[2], message[3]) = ((byte)MessageType.Initiation, 0, 0, 0);
        if (!validMac1)
            return message;
        Span<byte> labelled = stackalloc byte[8 + PublicKey.Size];
        Span<byte> key = stackalloc byte[32];
        "mac1----"u8.CopyTo(labelled);
        device.Write(labelled[8..]);
        Blake2s.Hash(labelled, key);
        Blake2s.Mac(key, message.AsSpan(0, MessageSize.Initiation - (2 * MessageSize.Mac)), message.AsSpan(MessageSize.Initiation - (2 * MessageSize.Mac), MessageSize.Mac));
        return message;
    }
}
