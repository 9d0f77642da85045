using System.Collections.Generic;

namespace Warren.Config.Quick;

/// <summary>A wg-quick configuration: its own keys of [Interface] apart, everything else as it is for wg.</summary>
public sealed record QuickConfig
{
    /// <summary>The interface, from the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Address, in order.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>The entries of DNS that are addresses.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>The entries of DNS that are search domains.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>MTU in bytes, 68 to 65535; null when it is to be found out.</summary>
    public int? Mtu { get; init; }

    /// <summary>Table as written; empty, "auto", "off", a number or a name of rt_tables.</summary>
    public QuickValue Table { get; init; } = new("", 0);

    /// <summary>Hooks before the device is configured.</summary>
    public IReadOnlyList<string> PreUp { get; init; } = [];

    /// <summary>Hooks after everything is up.</summary>
    public IReadOnlyList<string> PostUp { get; init; } = [];

    /// <summary>Hooks before anything is taken down.</summary>
    public IReadOnlyList<string> PreDown { get; init; } = [];

    /// <summary>Hooks after everything is down.</summary>
    public IReadOnlyList<string> PostDown { get; init; } = [];

    /// <summary>Whether down writes the live state back to the file.</summary>
    public bool SaveConfig { get; init; }

    /// <summary>The other lines, trimmed, each with its newline: what wg is given and strip prints. Holds secrets.</summary>
    public required string WireGuardText { get; init; }

    /// <summary>The file's line number of each line of <see cref="WireGuardText"/>.</summary>
    public required IReadOnlyList<int> WireGuardLines { get; init; }

    /// <summary>Whether routes follow wg-quick's own logic: no Table, or "auto".</summary>
    public bool IsTableAuto => Table.Text is "" or "auto";

    /// <summary>Whether no routes are wanted.</summary>
    public bool IsTableOff => Table.Text == "off";
}
