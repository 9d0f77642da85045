using System.Text;
using Warren.Config.WireGuard;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Files;

namespace Warren.Cli.Wg;

/// <summary><c>setconf</c>, <c>addconf</c> and <c>syncconf</c>: a file becomes one transaction, or nothing changes.</summary>
internal static class ConfVerb
{
    /// <summary>A million peers fit; a device that never ends does not.</summary>
    private const int FileLimit = 1 << 28;

    internal static int Run(Invocation invocation)
    {
        if (invocation.Arguments is not [var name, var path])
            return Usage.Write(invocation, "<interface> <configuration filename>");
        IniDocument document;
        try
        {
            document = IniDocument.Parse(Encoding.UTF8.GetString(FileBytes.Read(path, FileLimit)));
        }
        catch (LinuxException failure)
        {
            invocation.Error.Write($"fopen: {failure.Reason}\n");
            return 1;
        }

        try
        {
            return Read(invocation, document) is { } settings
                ? Apply(invocation, DeviceName.Truncate(name), DeviceChanges.From(settings))
                : 1;
        }
        catch (WgExit)
        {
            return 1;
        }
    }

    private static DeviceSettings? Read(Invocation invocation, IniDocument document)
    {
        var reader = new FileReader(
            append: invocation.Verb == "addconf",
            new SystemResolver(invocation),
            finding => invocation.Error.Write(finding.Message + "\n"));
        foreach (var line in document.Lines)
        {
            if (reader.TryTake(line))
                continue;
            invocation.Error.Write("Configuration parsing error\n");
            return null;
        }

        var settings = reader.Finish();
        if (settings is null)
            invocation.Error.Write("Invalid configuration\n");
        return settings;
    }

    private static int Apply(Invocation invocation, string name, DeviceChange change)
    {
        // Without peers there is nothing to keep: the file replaces them all.
        if (invocation.Verb == "syncconf" && change.Peers.Count > 0)
        {
            try
            {
                change = Synchronization.Of(change, invocation.Machine.Devices().Get(name));
            }
            catch (DeviceException refusal)
            {
                invocation.Error.Write($"Unable to retrieve current interface configuration: {refusal.Message}\n");
                return 1;
            }
        }

        return SetVerb.Apply(invocation, name, change);
    }
}
