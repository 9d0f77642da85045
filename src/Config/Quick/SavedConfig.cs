using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Warren.Config.Quick;

/// <summary>The file that "save" writes: the live state under the configuration's own settings. Comments are lost, as with wg-quick.</summary>
public static class SavedConfig
{
    private const string Heading = "[Interface]\n";

    /// <summary>The text of the file.</summary>
    /// <param name="config">The configuration as it was read.</param>
    /// <param name="addresses">The interface's addresses now, with their lengths.</param>
    /// <param name="dns">The servers and search domains to keep.</param>
    /// <param name="mtu">The interface's MTU now; written only where the configuration has one.</param>
    /// <param name="showConf">What "wg showconf" prints: "[Interface]" first.</param>
    public static string Write(QuickConfig config, IEnumerable<string> addresses, IEnumerable<string> dns, int mtu, string showConf)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(dns);
        ArgumentNullException.ThrowIfNull(showConf);
        if (!showConf.StartsWith(Heading, StringComparison.Ordinal))
            throw new ArgumentException("a configuration of wg starts with its [Interface]", nameof(showConf));

        var text = new StringBuilder(Heading);
        Append(text, "Address", addresses);
        Append(text, "DNS", dns);
        if (config.Mtu is not null)
            text.Append(CultureInfo.InvariantCulture, $"MTU = {mtu}\n");
        if (config.Table.Text.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"Table = {config.Table.Text}\n");
        if (config.SaveConfig)
            text.Append("SaveConfig = true\n");
        Append(text, "PreUp", config.PreUp);
        Append(text, "PostUp", config.PostUp);
        Append(text, "PreDown", config.PreDown);
        Append(text, "PostDown", config.PostDown);
        text.Append(showConf.AsSpan()[Heading.Length..].TrimEnd('\n')).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, string key, IEnumerable<string> values)
    {
        foreach (var value in values)
            text.Append(CultureInfo.InvariantCulture, $"{key} = {value}\n");
    }
}
