using System;
using System.Globalization;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>Where a peer is dialled, as it was written.</summary>
/// <param name="Place">As it was written.</param>
/// <param name="Host">The name or the address, without brackets.</param>
/// <param name="Port">The port; null where none that can be one is written.</param>
public sealed record WrittenEndpoint(Written Place, string Host, ushort? Port)
{
    /// <summary>The address; null for a name.</summary>
    public IpAddress? Address => IpAddress.TryParse(Host, out var address) ? address : null;

    /// <summary>"host:port", an IPv6 address in brackets.</summary>
    public string With(ushort port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{port}");

    /// <summary>Reads one, as wg does: the last colon divides.</summary>
    internal static WrittenEndpoint Read(Written place)
    {
        var text = place.Text;
        var (from, to) = (0, text.LastIndexOf(':'));
        var port = to + 1;
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is var brace and > 0)
        {
            (from, to) = (1, brace);
            port = brace + 1 < text.Length && text[brace + 1] == ':' ? brace + 2 : text.Length;
        }
        else if (to < 0 || (IpAddress.TryParse(text, out var whole) && whole.IsIPv6 && text.AsSpan().Count(':') > 7))
        {
            (to, port) = (text.Length, text.Length);
        }

        return new WrittenEndpoint(place, text[from..to],
            ushort.TryParse(text.AsSpan(port), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number != 0 ? number : null);
    }
}
