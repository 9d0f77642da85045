using System.Collections.Generic;
using Warren.Protocol.Routing;

namespace Warren.Config.Language;

/// <summary>An IPv4 or IPv6 address.</summary>
public sealed class AddressType : LeafType<IpAddress>
{
    private AddressType()
        : base("ip-address", "an IPv4 or IPv6 address")
    {
    }

    /// <summary>The one instance.</summary>
    public static AddressType Instance { get; } = new();

    /// <inheritdoc/>
    public override int Compare(object? left, object? right) => Comparer<IpAddress>.Default.Compare((IpAddress)left!, (IpAddress)right!);

    private protected override string? Read(string text, out IpAddress value, out string canonical)
    {
        if (IpAddress.TryParse(text, out value))
        {
            canonical = value.ToString();
            return null;
        }

        canonical = text;
        return text.Contains('/') && IpPrefix.TryParse(text, out _)
            ? $"\"{text}\" is a prefix; here stands an address alone, without '/'"
            : $"\"{text}\" is neither an IPv4 nor an IPv6 address";
    }
}
