namespace Warren.Linux.Names;

/// <summary>What getaddrinfo(3) may answer: the numbers of netdb.h.</summary>
public enum LookupError
{
    /// <summary>Found.</summary>
    None = 0,

    /// <summary>EAI_NONAME: no such host, or no such service.</summary>
    NoName = -2,

    /// <summary>EAI_AGAIN: the resolver could not be reached; may pass.</summary>
    Again = -3,

    /// <summary>EAI_FAIL: the resolver said that it will not work.</summary>
    Fail = -4,

    /// <summary>EAI_NODATA: the host has no address.</summary>
    NoData = -5,

    /// <summary>EAI_FAMILY: not an address family of ours.</summary>
    Family = -6,

    /// <summary>EAI_SERVICE: no such service for UDP.</summary>
    Service = -8,

    /// <summary>EAI_SYSTEM: see the errno.</summary>
    System = -11,
}
