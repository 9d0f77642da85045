using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Warren.Config.WireGuard;
using Warren.Linux.Names;
using Warren.Protocol.Routing;

namespace Warren.Cli.Wg;

/// <summary>
/// Endpoints and ports by the system's resolver, with wg's patience: what may pass is asked again after 1 s, then 1.2 times
/// as long up to 20 s, WG_ENDPOINT_RESOLUTION_RETRIES times (15; "infinity").
/// </summary>
/// <remarks>A port above 65535 and an unknown service are refused at once: see docs/wg-compatibility.md.</remarks>
internal sealed class SystemResolver(Invocation invocation) : INameResolver
{
    private const string RetriesVariable = "WG_ENDPOINT_RESOLUTION_RETRIES";
    private const int DefaultRetries = 15;
    private const int FirstPause = 1_000_000;
    private const int LongestPause = 20_000_000;

    /// <summary>Null: for ever.</summary>
    private int? _retries = DefaultRetries;

    /// <inheritdoc/>
    public bool TryFindPort(string service, out ushort port, [NotNullWhen(false)] out string? problem)
    {
        var answer = Find(null, service);
        port = answer.Port;
        problem = answer.Error == LookupError.None ? null : answer.Reason;
        return problem is null;
    }

    /// <inheritdoc/>
    public void BeforeEndpoint()
    {
        var text = invocation.Variable(RetriesVariable);
        if (text is null)
            _retries = DefaultRetries;
        else if (text == "infinity")
            _retries = null;
        else if (text.Length == 0)
            _retries = 0;
        else if (int.TryParse(text, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var retries))
            _retries = retries;
        else
            throw Stop($"Unable to parse {RetriesVariable}: `{text}'");
    }

    /// <inheritdoc/>
    public bool TryFindEndpoint(string host, string service, string text, out Endpoint endpoint, [NotNullWhen(false)] out string? problem)
    {
        endpoint = default;
        problem = null;
        var pause = FirstPause;
        for (var tries = 0; ; tries++)
        {
            var answer = Find(host, service);
            switch (answer.Error)
            {
                case LookupError.None:
                    endpoint = new Endpoint(IpAddress.FromBytes(answer.Address), answer.Port, answer.ScopeId);
                    return true;
                case LookupError.NoName or LookupError.Fail or LookupError.NoData or LookupError.Service:
                case var _ when tries >= _retries:
                    problem = answer.Reason;
                    return false;
            }

            invocation.Error.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{answer.Reason}: `{text}'. Trying again in {pause / 1e6:F2} seconds...\n"));
            invocation.Machine.Pause(TimeSpan.FromMicroseconds(pause));
            pause = Math.Min(LongestPause, pause * 6 / 5);
        }
    }

    /// <summary>The C library takes a port modulo 65536.</summary>
    private AddressAnswer Find(string? host, string service) =>
        ulong.TryParse(service, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > ushort.MaxValue
            ? new AddressAnswer(LookupError.Service, default, [], 0, 0)
            : invocation.Machine.Lookup(host, service);

    private WgExit Stop(string reason)
    {
        invocation.Error.Write(reason + "\n");
        return new WgExit();
    }
}
