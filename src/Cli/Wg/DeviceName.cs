using System;
using System.Text;

namespace Warren.Cli.Wg;

/// <summary>An interface's name as wg hands it on when it changes a device: the first 15 bytes (IFNAMSIZ less the NUL).</summary>
internal static class DeviceName
{
    private const int MaxLength = 15;

    internal static string Truncate(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= MaxLength ? name : Encoding.UTF8.GetString(bytes.AsSpan(0, MaxLength));
    }
}
