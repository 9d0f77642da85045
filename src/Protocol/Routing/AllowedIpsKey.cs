namespace Warren.Protocol.Routing;

/// <summary>An address as the trie reads it: bits from the top of <see cref="High"/> down, whatever the
/// family.</summary>
internal readonly struct AllowedIpsKey(ulong high, ulong low, bool isIPv6)
{
    internal AllowedIpsKey(IpAddress address)
        : this(
            address.IsIPv6 ? address.High : address.Low << 32,
            address.IsIPv6 ? address.Low : 0,
            address.IsIPv6)
    {
    }

    /// <summary>The first 64 bits; for IPv4 the address and 32 zero bits.</summary>
    internal ulong High { get; } = high;

    /// <summary>The last 64 bits; zero for IPv4.</summary>
    internal ulong Low { get; } = low;

    internal bool IsIPv6 { get; } = isIPv6;

    /// <summary>Bit <paramref name="index"/>, counted from the first; at 128, where no node has a child, any answer
    /// will do.</summary>
    internal bool Bit(int index) => (long)((index < 64 ? High : Low) << index) < 0;

    internal IpAddress ToAddress() => IsIPv6 ? new IpAddress(High, Low, true) : IpAddress.V4((uint)(High >> 32));
}
