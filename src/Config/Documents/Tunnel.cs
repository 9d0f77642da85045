using System;
using System.Collections.Generic;
using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>One WireGuard interface as one text has it, in whatever language: what every rule of <c>warren check</c> looks at.</summary>
public sealed record Tunnel
{
    /// <summary>The text.</summary>
    public required SourceText Source { get; init; }

    /// <summary>Where it begins.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Its language.</summary>
    public required TunnelForm Form { get; init; }

    /// <summary>Whether the text around it is for people: an article, not a file of a host.</summary>
    public bool IsInProse { get; init; }

    /// <summary>Whether it stands on one line.</summary>
    public bool IsFlat { get; init; }

    /// <summary>Whether it is only peers, to be put into an interface that is elsewhere.</summary>
    public bool IsFragment { get; init; }

    /// <summary>Whether an interface's own words other than wg's are used, such as Address.</summary>
    public bool HasQuickSettings { get; init; }

    /// <summary>Offset behind its first line, where a setting can be put in; -1 when none can.</summary>
    public int InsertAt { get; init; } = -1;

    /// <summary>The interface's name, where the text says it.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>The router, for a profile of an authority.</summary>
    public string? Router { get; init; }

    /// <summary>What people call its host, or null.</summary>
    public string? Label { get; init; }

    /// <summary>How sure the label is.</summary>
    public LabelKind LabelKind { get; init; }

    /// <summary>Where the label stands.</summary>
    public SourcePosition LabelPosition { get; init; }

    /// <summary>Its private key, or null.</summary>
    public WrittenKey? PrivateKey { get; init; }

    /// <summary>Whether its private key is made or kept in a place that is not read here.</summary>
    public bool HasKeyElsewhere { get; init; }

    /// <summary>Its own addresses.</summary>
    public IReadOnlyList<WrittenPrefix> Addresses { get; init; } = [];

    /// <summary>Whether addresses come from a place that is not read here, such as a hook.</summary>
    public bool HasAddressesElsewhere { get; init; }

    /// <summary>The port it listens on, or null for one by chance.</summary>
    public ushort? ListenPort { get; init; }

    /// <summary>Where the port stands.</summary>
    public SourcePosition ListenPortPosition { get; init; }

    /// <summary>Its MTU, or null.</summary>
    public int? Mtu { get; init; }

    /// <summary>Where the MTU stands.</summary>
    public Written MtuPlace { get; init; }

    /// <summary>What <c>Table</c> says, or null.</summary>
    public Written? Table { get; init; }

    /// <summary>Whether allowed IPs become routes by themselves.</summary>
    public bool MakesRoutes { get; init; }

    /// <summary>Routes by hand, in hooks or sections.</summary>
    public IReadOnlyList<IpPrefix> Routes { get; init; } = [];

    /// <summary>Commands that run with it.</summary>
    public IReadOnlyList<Written> Hooks { get; init; } = [];

    /// <summary>Whether it sets name servers: traffic is meant to go through it.</summary>
    public bool HasNameServers { get; init; }

    /// <summary>Whether it says that its host forwards.</summary>
    public bool Forwards { get; init; }

    /// <summary>Addresses at which its host is reached from outside; empty when unknown.</summary>
    public IReadOnlyList<IpAddress> OuterAddresses { get; init; } = [];

    /// <summary>Its peers.</summary>
    public IReadOnlyList<TunnelPeer> Peers { get; init; } = [];

    /// <summary>The change that puts in a setting; null where none can be put in.</summary>
    public TextEdit? Insert(string line) => Put(InsertAt, line);

    /// <summary>The change that puts a setting into one of its peers; null where none can be put in.</summary>
    public TextEdit? Insert(TunnelPeer peer, string line)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return Put(peer.InsertAt, line);
    }

    private TextEdit? Put(int at, string line)
    {
        if (at < 0 || Form == TunnelForm.Authority)
            return null;
        if (IsFlat)
            return new TextEdit(Source, at, 0, $" {line}");

        // As far in, or as much quoted, as the section's own header.
        var start = Source.Text.LastIndexOf('\n', at - 1) + 1;
        var margin = Source.Text.AsSpan(start, at - start);
        margin = margin[..Math.Max(0, margin.IndexOf('['))];
        return new TextEdit(Source, at, 0, $"\n{(margin.ContainsAnyExcept(" \t>") ? "" : margin)}{line}");
    }
}
