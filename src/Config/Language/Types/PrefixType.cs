using System;
using System.Globalization;
using Warren.Protocol.Routing;

namespace Warren.Config.Language;

/// <summary>An address with a prefix length; without one, the address alone.</summary>
public sealed class PrefixType : LeafType<InterfacePrefix>
{
    private readonly bool _keepsHostBits;

    private PrefixType(string name, string description, bool keepsHostBits)
        : base(name, description) => _keepsHostBits = keepsHostBits;

    /// <summary>A prefix. Bits behind its length are cleared, with a remark (ssr: they are written in the vendor's own pages).</summary>
    public static PrefixType Network { get; } = new("ip-prefix", "an IPv4 or IPv6 prefix such as 10.0.0.0/8; a bare address is itself alone", false);

    /// <summary>An address inside a network: both matter.</summary>
    public static PrefixType Host { get; } = new("ip-prefix", "an address and the length of its network, such as 10.10.10.1/24", true);

    /// <inheritdoc/>
    public override string? Remark(string text, object value) =>
        !_keepsHostBits && text.Contains('/') && IpAddress.TryParse(text.AsSpan(0, text.IndexOf('/')), out var address) && address != ((InterfacePrefix)value).Address
            ? $"\"{text}\" has bits set behind its length; taken as the network {value}"
            : null;

    /// <inheritdoc/>
    public override int Compare(object? left, object? right)
    {
        var (a, b) = ((InterfacePrefix)left!, (InterfacePrefix)right!);
        var order = a.Address.CompareTo(b.Address);
        return order != 0 ? order : a.Length.CompareTo(b.Length);
    }

    private protected override string? Read(string text, out InterfacePrefix value, out string canonical)
    {
        canonical = text;
        if (TryRead(text, out value) is { } problem)
            return problem;
        if (!_keepsHostBits)
            value = new InterfacePrefix(value.Network.Address, value.Length);
        canonical = value.ToString();
        return null;
    }

    internal static string? TryRead(string text, out InterfacePrefix value)
    {
        value = default;
        var slash = text.IndexOf('/');
        if (!IpAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
            return $"\"{text}\" is neither an IPv4 nor an IPv6 prefix";
        var length = address.BitLength;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > address.BitLength))
            return $"\"{text}\": the length of an {(address.IsIPv6 ? "IPv6" : "IPv4")} prefix is 0 to {address.BitLength}";
        value = new InterfacePrefix(address, length);
        return null;
    }
}
