using System;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Tun;

/// <summary>The structure by which netdevice(7)'s requests name an interface.</summary>
internal static class InterfaceRequest
{
    /// <summary>A request that names <paramref name="name"/> and nothing else yet.</summary>
    /// <exception cref="LinuxException">ENAMETOOLONG: sixteen characters or more.</exception>
    public static ifreq Create(string name, string operation)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length >= NetIf.IFNAMSIZ) throw new LinuxException(Errno.ENAMETOOLONG, operation);
        ifreq request = default;
        bytes.CopyTo((Span<byte>)request.ifr_name);
        return request;
    }

    /// <summary>The interface's name in a request that the kernel filled.</summary>
    public static string Name(ifreq request)
    {
        ReadOnlySpan<byte> name = request.ifr_name;
        int end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }
}
