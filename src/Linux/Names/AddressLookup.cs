using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Names;

/// <summary>
/// getaddrinfo(3) for UDP: the system's own resolver (/etc/hosts, nsswitch, DNS) and its own service names, numbers
/// included. Blocks as long as the resolver does.
/// </summary>
public static unsafe class AddressLookup
{
    /// <summary>The first address of a host, with a service's port.</summary>
    /// <param name="host">A name, or an address with or without zone; null for the unspecified address to listen on.</param>
    /// <param name="service">A number or a name of /etc/services.</param>
    public static AddressAnswer Find(string? host, string service)
    {
        var hints = new addrinfo
        {
            ai_socktype = SysSocket.SOCK_DGRAM,
            ai_protocol = NetinetIn.IPPROTO_UDP,
            ai_flags = host is null ? Netdb.AI_PASSIVE : 0,
        };
        addrinfo* answers;
        var error = Netdb.getaddrinfo(host, service, &hints, &answers);
        if (error != 0)
        {
            var system = (Errno)Marshal.GetLastPInvokeError();
            return new AddressAnswer((LookupError)error, error == (int)LookupError.System ? system : Errno.None, [], 0, 0);
        }

        // SAFETY: the list is the C library's until freeaddrinfo; ai_addrlen bounds the address.
        try
        {
            var address = new ReadOnlySpan<byte>(answers->ai_addr, (int)answers->ai_addrlen);
            var port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
            return answers->ai_family switch
            {
                SysSocket.AF_INET => new AddressAnswer(LookupError.None, Errno.None, address.Slice(4, 4).ToArray(), port, 0),
                SysSocket.AF_INET6 => new AddressAnswer(LookupError.None, Errno.None, address.Slice(8, 16).ToArray(), port, MemoryMarshal.Read<uint>(address[24..])),
                _ => new AddressAnswer(LookupError.Family, Errno.None, [], 0, 0),
            };
        }
        finally
        {
            Netdb.freeaddrinfo(answers);
        }
    }

    /// <summary>gai_strerror's text.</summary>
    internal static string Describe(LookupError error) => Marshal.PtrToStringUTF8(Netdb.gai_strerror((int)error))!;
}
