using System.Globalization;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>An address with or without its length, as of <c>Address</c> and <c>AllowedIPs</c>.</summary>
/// <param name="Place">As it was written.</param>
/// <param name="Address">The address, host bits and all.</param>
/// <param name="Length">The length; the whole address where none is written.</param>
/// <param name="HasLength">Whether a length is written.</param>
public readonly record struct WrittenPrefix(Written Place, IpAddress Address, int Length, bool HasLength)
{
    /// <summary>The network.</summary>
    public IpPrefix Prefix => new(Address, Length);

    /// <summary>Whether it is one address alone.</summary>
    public bool IsHost => Length == Address.BitLength;

    /// <summary>Whether the address has bits that its length leaves out.</summary>
    public bool HasHostBits => Prefix.Address != Address;

    /// <summary>"address/length", host bits kept.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

    /// <summary>Reads one; false when it is none.</summary>
    internal static bool TryRead(Written place, out WrittenPrefix prefix)
    {
        prefix = default;
        if (!IpPrefix.TryParse(place.Text, out var network))
            return false;
        var slash = place.Text.IndexOf('/', System.StringComparison.Ordinal);
        _ = IpAddress.TryParse(slash < 0 ? place.Text : place.Text[..slash], out var address);
        prefix = new WrittenPrefix(place, address, network.Length, slash >= 0);
        return true;
    }
}
