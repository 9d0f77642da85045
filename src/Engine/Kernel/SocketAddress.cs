using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Warren.Protocol.Routing;

namespace Warren.Engine.Kernel;

/// <summary>An endpoint as struct sockaddr_in (16 bytes) or sockaddr_in6 (28 bytes): the family and the zone in the machine's order.</summary>
internal static class SocketAddress
{
    internal const int MaxSize = 28;
    private const int SizeV4 = 16;

    /// <summary>Writes it and returns how many bytes.</summary>
    internal static int Write(Endpoint endpoint, Span<byte> destination)
    {
        var address = endpoint.Address;
        var size = address.IsIPv6 ? MaxSize : SizeV4;
        destination[..size].Clear();
        MemoryMarshal.Write(destination, address.IsIPv6 ? WireGuardNetlink.V6 : WireGuardNetlink.V4);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], endpoint.Port);
        address.Write(destination[(address.IsIPv6 ? 8 : 4)..]);
        if (address.IsIPv6)
            MemoryMarshal.Write(destination[24..], endpoint.ScopeId);
        return size;
    }

    /// <summary>Null when it is neither of both.</summary>
    internal static Endpoint? Read(ReadOnlySpan<byte> source)
    {
        if (source.Length is not (SizeV4 or MaxSize))
            return null;
        var port = BinaryPrimitives.ReadUInt16BigEndian(source[2..]);
        return (MemoryMarshal.Read<ushort>(source), source.Length) switch
        {
            (WireGuardNetlink.V4, SizeV4) => new Endpoint(IpAddress.FromBytes(source.Slice(4, 4)), port),
            (WireGuardNetlink.V6, MaxSize) =>
                new Endpoint(IpAddress.FromBytes(source.Slice(8, 16)), port, MemoryMarshal.Read<uint>(source[24..])),
            _ => null,
        };
    }
}
