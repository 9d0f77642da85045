using Warren.Protocol.Routing;

namespace Warren.Config.Language;

/// <summary>An address or a domain name.</summary>
public sealed class HostType : LeafType<HostValue>
{
    private HostType()
        : base("host", "an IPv4 or IPv6 address, or a domain name of 1 to 253 characters")
    {
    }

    /// <summary>The one instance.</summary>
    public static HostType Instance { get; } = new();

    private protected override string? Read(string text, out HostValue value, out string canonical)
    {
        canonical = text;
        value = default;
        if (IpAddress.TryParse(text, out var address))
        {
            value = new HostValue(address, null);
            canonical = value.ToString();
            return null;
        }

        if (!DomainName.IsOne(text))
            return $"\"{text}\" is neither an address nor a domain name";
        value = new HostValue(null, text);
        return null;
    }
}
