using System;
using System.Globalization;
using System.Numerics;
using Warren.Protocol.Routing;

namespace Warren.Config.Quick;

/// <summary>An address for the interface, with the length of its own network.</summary>
/// <param name="Address">The address itself, host bits kept.</param>
/// <param name="Length">Prefix length; the whole address when the text has none.</param>
/// <param name="Text">As written: wg-quick echoes it so.</param>
public sealed record InterfaceAddress(IpAddress Address, int Length, string Text)
{
    /// <summary>Reads "address", "address/length" or, as ip(8), "a.b.c.d/255.255.255.0"; null when it is none of them.</summary>
    public static InterfaceAddress? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpAddress.TryParse(slash < 0 ? text : text.AsSpan()[..slash], out var address))
            return null;
        if (slash < 0)
            return new(address, address.BitLength, text);
        var tail = text.AsSpan()[(slash + 1)..];
        if (int.TryParse(tail, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return length <= address.BitLength ? new(address, length, text) : null;
        return !address.IsIPv6 && IpAddress.TryParse(tail, out var mask) && !mask.IsIPv6 && MaskLength((uint)mask.Low) is { } bits
            ? new(address, bits, text)
            : null;
    }

    private static int? MaskLength(uint mask)
    {
        var ones = BitOperations.LeadingZeroCount(~mask);
        return BitOperations.PopCount(mask) == ones ? ones : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
