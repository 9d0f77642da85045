using System;

namespace Warren.Linux.Netlink;

/// <summary>Carries whole netlink datagrams to the kernel and back: a socket, or in tests a function.</summary>
internal interface INetlinkTransport : IDisposable
{
    /// <summary>Sends one datagram.</summary>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Waits for the next datagram; borrowed until the next call.</summary>
    ReadOnlySpan<byte> Receive();
}
