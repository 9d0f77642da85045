using System.Collections.Generic;

namespace Warren.Config.Language;

/// <summary>An address of a service: a prefix, or a domain name.</summary>
public sealed class ServiceAddressType : LeafType<ServiceAddress>
{
    private ServiceAddressType()
        : base("host-prefix", "an IPv4 or IPv6 prefix (a bare address is itself alone), or a domain name")
    {
    }

    /// <summary>The one instance.</summary>
    public static ServiceAddressType Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Remark(string text, object value) =>
        ((ServiceAddress)value).Prefix is { } prefix && text.Contains('/') && !text.StartsWith(prefix.Address.ToString(), System.StringComparison.OrdinalIgnoreCase)
        && PrefixType.TryRead(text, out var typed) is null && typed.Address != prefix.Address
            ? $"\"{text}\" has bits set behind its length; taken as the network {prefix}"
            : null;

    /// <inheritdoc/>
    public override int Compare(object? left, object? right)
    {
        var (a, b) = ((ServiceAddress)left!, (ServiceAddress)right!);
        if (a.Prefix is not { } first || b.Prefix is not { } second)
            return a.Prefix.HasValue != b.Prefix.HasValue ? b.Prefix.HasValue.CompareTo(a.Prefix.HasValue) : string.CompareOrdinal(a.Name, b.Name);
        var order = first.Address.CompareTo(second.Address);
        return order != 0 ? order : Comparer<int>.Default.Compare(first.Length, second.Length);
    }

    private protected override string? Read(string text, out ServiceAddress value, out string canonical)
    {
        canonical = text;
        value = default;
        if (PrefixType.TryRead(text, out var typed) is not { } problem)
        {
            value = new ServiceAddress(typed.Network, null);
            canonical = value.ToString();
            return null;
        }

        if (!DomainName.IsOne(text))
            return problem + " nor a domain name";
        value = new ServiceAddress(null, text);
        return null;
    }
}
