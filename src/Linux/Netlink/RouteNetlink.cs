using System;
using System.Collections.Generic;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>
/// Links, addresses, routes and rules of one network namespace, by rtnetlink(7): what ip(8) does, without a program. Every change is
/// acknowledged before the call returns.
/// </summary>
/// <remarks>
/// Speaks to the namespace of the thread that made it, from whichever thread it is used later; one thread at a time. What the kernel
/// refuses is a <see cref="LinuxException"/> with the kernel's own text as its detail.
/// </remarks>
public sealed partial class RouteNetlink : IDisposable
{
    private const int RequestSize = 1024;

    private readonly NetlinkConversation _kernel;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public RouteNetlink() : this(new NetlinkSocket(LinuxNetlink.NETLINK_ROUTE))
    {
    }

    internal RouteNetlink(INetlinkTransport transport) => _kernel = new NetlinkConversation(transport);

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _kernel.Dispose();

    private static byte Family(bool ipv6) => (byte)(ipv6 ? SysSocket.AF_INET6 : SysSocket.AF_INET);

    private static byte Family(byte[] address) => address.Length switch
    {
        4 => SysSocket.AF_INET,
        16 => SysSocket.AF_INET6,
        _ => throw new ArgumentException("An address has 4 or 16 bytes.", nameof(address)),
    };

    private static List<T> Parsed<T>(List<NetlinkReply> replies, ushort type, Func<byte[], T?> parse, Predicate<T> wanted)
        where T : class
    {
        var parsed = new List<T>(replies.Count);
        foreach (NetlinkReply reply in replies)
        {
            if (reply.Type == type && parse(reply.Payload) is { } item && wanted(item)) parsed.Add(item);
        }

        return parsed;
    }

    private static string Describe(byte[] address, int prefixLength) =>
        $"{new System.Net.IPAddress(address)}/{prefixLength}";
}
