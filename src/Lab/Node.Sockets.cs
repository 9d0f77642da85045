using System.Net;
using System.Net.Sockets;
using Warren.Lab.Traffic;
using Warren.Linux.Namespaces;

namespace Warren.Lab;

// Sockets of this process that live in the node's network: a socket belongs to the namespace of the thread that opened it.
public sealed partial class Node
{
    /// <summary>Opens a UDP socket in the node, bound to a port (0: any) on all its addresses of one family; the caller's to dispose.</summary>
    public Socket OpenUdp(AddressFamily family, ushort port = 0) => NamespaceThread.Run(NamespaceId, NamespaceKinds.Network, () =>
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port));
        return socket;
    });

    /// <summary>Opens a TCP socket of the node, neither bound nor connected.</summary>
    public Socket OpenTcp(AddressFamily family) =>
        NamespaceThread.Run(NamespaceId, NamespaceKinds.Network, () => new Socket(family, SocketType.Stream, ProtocolType.Tcp));

    /// <summary>Sends every datagram that reaches a UDP port of the node back to where it came from, until disposed.</summary>
    public UdpEcho Echo(AddressFamily family, ushort port) => new(OpenUdp(family, port));
}
