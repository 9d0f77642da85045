using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Warren.Config.WireGuard;
using Warren.Protocol.Routing;

namespace Warren.Config.Tests.WireGuard;

/// <summary>Numbers only; nobody is asked.</summary>
internal sealed class OfflineResolver : INameResolver
{
    public bool TryFindPort(string service, out ushort port, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (!ushort.TryParse(service, NumberStyles.None, CultureInfo.InvariantCulture, out port))
            problem = "not a number";
        return problem is null;
    }

    public void BeforeEndpoint()
    {
    }

    public bool TryFindEndpoint(string host, string service, string text, out Endpoint endpoint, [NotNullWhen(false)] out string? problem)
    {
        endpoint = default;
        if (!TryFindPort(service, out var port, out problem))
            return false;
        if (!IpAddress.TryParse(host, out var address))
            problem = "not an address";
        endpoint = new Endpoint(address, port);
        return problem is null;
    }
}
