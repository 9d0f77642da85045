using System;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Tun;

/// <summary>The ioctl requests of netdevice(7) on one interface of the calling thread's network namespace.</summary>
internal static unsafe class InterfaceControl
{
    /// <summary>A request that names <paramref name="name"/> and nothing else yet.</summary>
    /// <exception cref="LinuxException">ENAMETOOLONG: sixteen characters or more.</exception>
    public static ifreq Request(string name, string operation)
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

    /// <summary>The interface's index.</summary>
    public static int Index(string name)
    {
        ifreq request = Request(name, $"find interface {name}");
        Control(SysIoctl.SIOCGIFINDEX, ref request, $"find interface {name}");
        return request.ifr_ifindex;
    }

    public static void SetMtu(string name, int mtu)
    {
        ifreq request = Request(name, $"set the MTU of {name}");
        request.ifr_mtu = mtu;
        Control(SysIoctl.SIOCSIFMTU, ref request, $"set the MTU of {name} to {mtu}");
    }

    public static void SetTransmitQueueLength(string name, int length)
    {
        ifreq request = Request(name, $"set the queue length of {name}");
        request.ifr_qlen = length;
        Control(SysIoctl.SIOCSIFTXQLEN, ref request, $"set the queue length of {name} to {length}");
    }

    private static void Control(uint command, ref ifreq request, string operation)
    {
        using OwnedDescriptor socket = SysSocket
            .socket(SysSocket.AF_INET, SysSocket.SOCK_DGRAM | SysSocket.SOCK_CLOEXEC, 0).OrThrow(operation);

        // SAFETY: the request stays pinned for the length of the call; the kernel reads and writes that structure alone.
        fixed (ifreq* pointer = &request)
        {
            if (SysIoctl.ioctl(socket, command, pointer) != 0) throw LinuxException.Last(operation);
        }
    }
}
