using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Names;

/// <summary>Names and indexes of network interfaces (if_nametoindex(3), if_indextoname(3)).</summary>
public static partial class InterfaceName
{
    private const int IF_NAMESIZE = 16;

    /// <summary>The index of an interface of this network namespace; 0 when there is none of that name.</summary>
    public static uint FindIndex(string name) => if_nametoindex(name);

    /// <summary>The name of an interface of this network namespace; null when there is none of that index.</summary>
    public static unsafe string? Find(uint index)
    {
        var name = stackalloc byte[IF_NAMESIZE];
        return if_indextoname(index, name) is null ? null : Marshal.PtrToStringUTF8((nint)name);
    }

    [LibraryImport(Unistd.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint if_nametoindex(string ifname);

    [LibraryImport(Unistd.Library)]
    private static unsafe partial byte* if_indextoname(uint ifindex, byte* ifname);
}
