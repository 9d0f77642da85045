using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>netdb.h</summary>
[Header("netdb.h")]
internal static unsafe partial class Netdb
{
    public const int AI_PASSIVE = 1;
    public const int EAI_NONAME = -2;
    public const int EAI_AGAIN = -3;
    public const int EAI_FAIL = -4;
    public const int EAI_FAMILY = -6;
    public const int EAI_SERVICE = -8;
    public const int EAI_SYSTEM = -11;

    [LibraryImport(Unistd.Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int getaddrinfo(string? node, string service, addrinfo* hints, addrinfo** result);

    [LibraryImport(Unistd.Library)]
    public static partial void freeaddrinfo(addrinfo* result);

    [LibraryImport(Unistd.Library)]
    public static partial nint gai_strerror(int error);
}

[Header("netdb.h")]
internal unsafe struct addrinfo
{
    public int ai_flags, ai_family, ai_socktype, ai_protocol;
    public uint ai_addrlen;
    public byte* ai_addr;
    public byte* ai_canonname;
    public addrinfo* ai_next;
}
