using System.Diagnostics.CodeAnalysis;
using Warren.Protocol.Routing;

namespace Warren.Config.WireGuard;

/// <summary>
/// Turns names of hosts and services into numbers while a configuration is read: wg asks the system line by line, and what
/// it prints depends on that order. The command line gives the system's resolver; an offline check gives one that asks nobody.
/// </summary>
public interface INameResolver
{
    /// <summary>A UDP port to listen on, by number or by a service's name.</summary>
    /// <param name="service">Not empty.</param>
    /// <param name="port">The port.</param>
    /// <param name="problem">The system's reason, such as "Servname not supported for ai_socktype".</param>
    bool TryFindPort(string service, out ushort port, [NotNullWhen(false)] out string? problem);

    /// <summary>Called before an endpoint's text is looked at: wg reads its retry setting then.</summary>
    void BeforeEndpoint();

    /// <summary>A host's first address and a port. May take its time and say so.</summary>
    /// <param name="host">A name or an address, with a zone where it has one.</param>
    /// <param name="service">A number or a service's name; not empty.</param>
    /// <param name="text">The endpoint as typed, for what is said while waiting.</param>
    /// <param name="endpoint">The first answer.</param>
    /// <param name="problem">The system's reason, such as "Name or service not known".</param>
    bool TryFindEndpoint(string host, string service, string text, out Endpoint endpoint, [NotNullWhen(false)] out string? problem);
}
