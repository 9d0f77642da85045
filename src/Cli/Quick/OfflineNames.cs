using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Warren.Config.WireGuard;
using Warren.Protocol.Routing;

namespace Warren.Cli.Quick;

/// <summary>Takes every name as good: what can be judged without asking anybody is judged, the rest when it is needed.</summary>
internal sealed class OfflineNames : INameResolver
{
    private OfflineNames()
    {
    }

    public static OfflineNames Instance { get; } = new();

    /// <inheritdoc/>
    public bool TryFindPort(string service, out ushort port, [NotNullWhen(false)] out string? problem)
    {
        // A service's name may be known; a number out of range never is.
        port = 0;
        var isOutside = long.TryParse(service, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is < 0 or > ushort.MaxValue;
        problem = isOutside ? "Servname not supported for ai_socktype" : null;
        return problem is null;
    }

    /// <inheritdoc/>
    public void BeforeEndpoint()
    {
    }

    /// <inheritdoc/>
    public bool TryFindEndpoint(string host, string service, string text, out Endpoint endpoint, [NotNullWhen(false)] out string? problem)
    {
        endpoint = default;
        return TryFindPort(service, out _, out problem);
    }
}
