using Warren.Config.WireGuard;
using Warren.Engine.Uapi;

namespace Warren.Cli.Wg;

/// <summary><c>set</c>: the words of the command line become one transaction.</summary>
internal static class SetVerb
{
    private const string Arguments =
        "<interface> [listen-port <port>] [fwmark <mark>] [private-key <file path>] [peer <base64 public key> [remove] "
        + "[preshared-key <file path>] [endpoint <ip>:<port>] [persistent-keepalive <interval seconds>] "
        + "[allowed-ips [+|-]<ip1>/<cidr1>[,[+|-]<ip2>/<cidr2>]...] ]...";

    internal static int Run(Invocation invocation)
    {
        if (invocation.Arguments.Count < 2)
            return Usage.Write(invocation, Arguments);
        var words = new string[invocation.Arguments.Count - 1];
        for (var i = 0; i < words.Length; i++)
            words[i] = invocation.Arguments[i + 1];
        var reader = new ArgumentReader(
            new SystemResolver(invocation),
            path => KeyFile.Read(invocation, path),
            finding => invocation.Error.Write(finding.Message + "\n"));
        try
        {
            return reader.Read(words) is { } settings
                ? Apply(invocation, DeviceName.Truncate(invocation.Arguments[0]), DeviceChanges.From(settings))
                : 1;
        }
        catch (WgExit)
        {
            return 1;
        }
    }

    internal static int Apply(Invocation invocation, string name, DeviceChange change)
    {
        try
        {
            invocation.Machine.Devices().Set(name, change);
            return 0;
        }
        catch (DeviceException refusal)
        {
            invocation.Error.Write($"Unable to modify interface: {refusal.Message}\n");
            return 1;
        }
    }
}
