using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Warren.Engine.Tests.Live;

/// <summary>Sends UDP datagrams from inside a namespace as fast as one thread can, until disposed.</summary>
internal sealed class Blaster : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _isStopping;

    public Blaster(TestNamespace space, string address, int port, int size, bool random = false)
    {
        var socket = space.In(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        _thread = new Thread(() =>
        {
            using (socket)
            {
                var payload = new byte[size];
                var noise = new Random(1);
                socket.Connect(new IPEndPoint(IPAddress.Parse(address), port));
                while (!_isStopping)
                {
                    if (random)
                        Disguise(noise, payload);
                    socket.Send(payload, SocketFlags.None, out _);
                }
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    // Noise that begins as each kind of message does, so that every door is knocked at.
    private static void Disguise(Random noise, byte[] payload)
    {
        noise.NextBytes(payload);
        payload[0] = (byte)noise.Next(0, 6);
        payload[1] = payload[2] = payload[3] = 0;
    }
}
