using System;
using System.Collections.Generic;

namespace Warren.Lab;

/// <summary>What a topology says of one node: where it is attached, what it routes, which files it has.</summary>
public sealed class TopologyNode
{
    private readonly List<Attachment> attachments = [];
    private readonly List<string> routes = [];
    private readonly List<(string Name, string Address)> hosts = [];
    private readonly List<(string Path, string Content)> files = [];
    private readonly List<(string Key, string Value)> sysctls = [];

    internal TopologyNode(string name) => Name = name;

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>Its interfaces in order: eth0, eth1, …</summary>
    public IReadOnlyList<Attachment> Attachments => attachments;

    /// <summary>True for a gateway that masquerades what leaves by eth0 and refuses what nobody inside asked for.</summary>
    public bool IsGateway { get; private set; }

    internal IReadOnlyList<string> Routes => routes;

    internal IReadOnlyList<(string Name, string Address)> Hosts => hosts;

    internal IReadOnlyList<(string Path, string Content)> Files => files;

    internal IReadOnlyList<(string Key, string Value)> Sysctls => sysctls;

    /// <summary>Attaches the next interface (eth0, eth1, …) to a network with these addresses ("192.168.1.10/24").</summary>
    public TopologyNode On(string network, params string[] addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        attachments.Add(new Attachment(Name, $"eth{attachments.Count}", network, addresses));
        return this;
    }

    /// <summary>Gives the last attached interface this MTU, in bytes.</summary>
    public TopologyNode WithMtu(int bytes)
    {
        attachments[^1] = attachments[^1] with { MtuBytes = bytes };
        return this;
    }

    /// <summary>Has the last attached interface send packets as a wire carries them: no segmentation offload.</summary>
    public TopologyNode WithoutOffload()
    {
        attachments[^1] = attachments[^1] with { Offload = false };
        return this;
    }

    /// <summary>Adds a route in the words of <c>ip route add</c>: "10.1.1.0/24 via 192.168.1.10", "default via 10.0.0.1".</summary>
    public TopologyNode Route(string route)
    {
        routes.Add(route);
        return this;
    }

    /// <summary>Forwards packets of both families.</summary>
    public TopologyNode Forward() => Sysctl("net.ipv4.ip_forward", "1").Sysctl("net.ipv6.conf.all.forwarding", "1");

    /// <summary>Forwards, masquerades IPv4 that leaves by eth0, and lets in by eth0 only what belongs to a flow from inside.</summary>
    public TopologyNode Gateway()
    {
        IsGateway = true;
        return Forward();
    }

    /// <summary>Sets a kernel parameter of the node's network ("net.ipv4.ip_forward").</summary>
    public TopologyNode Sysctl(string key, string value)
    {
        sysctls.Add((key, value));
        return this;
    }

    /// <summary>Adds a line to the node's /etc/hosts.</summary>
    public TopologyNode Host(string name, string address)
    {
        hosts.Add((name, address));
        return this;
    }

    /// <summary>Writes a file, readable by root alone.</summary>
    public TopologyNode File(string path, string content)
    {
        files.Add((path, content));
        return this;
    }
}
