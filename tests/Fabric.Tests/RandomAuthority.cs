using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Generation;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Tests;

/// <summary>
/// Authorities made at random from few names and small networks, so that everything collides with everything: nested and equal prefixes, overlapping ports, hierarchies, denials,
/// several profiles, both families. And packets whose addresses are those that the configuration says, and their neighbours.
/// </summary>
internal sealed class RandomAuthority
{
    private static readonly string[] TenantNames = ["a", "b", "x.a", "y.a", "z.x.a", "c"];
    private static readonly string[] Labels = ["n1", "n2", "n3"];
    private static readonly string[] Protocols = ["tcp", "udp", "icmp", "gre"];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<IpAddress> _addresses = [];

    internal RandomAuthority(int seed)
    {
        _random = new Random(seed);
        Write();
        var read = ConfigParser.Parse(Authority.Schema, new SourceText($"seed {seed}", Text));
        Assert.DoesNotContain(read.Findings, f => f.Severity == Config.Severity.Error);
        Root = read.Root;
        Authority = new Authority(Generator.Generate(Root));
    }

    internal string Text => _text.ToString();

    internal ConfigNode Root { get; }

    internal Authority Authority { get; }

    internal Packet Packet(RouterNode node)
    {
        var networks = node.Devices.SelectMany(device => device.Interfaces).Select(network => network.Name).Append("none").ToArray();
        var isIPv6 = _random.Next(3) == 0;
        var protocol = Pick<IpProtocol>([IpProtocol.Tcp, IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Icmp, IpProtocol.Gre]);
        var port = IpProtocols.HasPorts(protocol) ? Pick<ushort>([0, 22, 79, 80, 81, 443, 444, 12799, 12800, 12801, 65535]) : (ushort)0;
        return new Packet(Pick(networks), Address(isIPv6), Address(isIPv6), protocol, port);
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private bool Often(int percent) => _random.Next(100) < percent;

    // An address of the configuration, or one beside it.
    private IpAddress Address(bool isIPv6)
    {
        var of = _addresses.Where(address => address.IsIPv6 == isIPv6).ToArray();
        var address = Pick(of);
        var bits = _random.Next(4) switch { 0 => address.Bits + 1, 1 => address.Bits - 1, _ => address.Bits };
        return isIPv6 ? IpAddress.V6(bits) : IpAddress.V4((uint)bits);
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    // Within 10.0.0.0/22 or fd00::/118.
    private string Prefix(bool isIPv6, bool all = true)
    {
        var length = Pick<int>(all ? [0, 22, 23, 24, 25, 26, 28, 30, 31, 32, 32] : [24, 25, 26, 28, 32]);
        var prefix = new IpPrefix(Small(isIPv6), isIPv6 && length > 0 ? length + 96 : length);
        _addresses.Add(prefix.Address);
        _addresses.Add(AddressRange.Of(prefix).To);
        return prefix.ToString();
    }

    private IpAddress Small(bool isIPv6)
    {
        var host = (uint)_random.Next(1024);
        return isIPv6 ? IpAddress.V6(((UInt128)0xfd00 << 112) + host) : IpAddress.V4(0x0A000000 + host);
    }

    private string Prefix() => Prefix(_random.Next(3) == 0);

    private void Write()
    {
        _addresses.Add(Small(false));
        _addresses.Add(Small(true));
        Line("config");
        Line("authority");
        var tenants = TenantNames.Where(_ => Often(75)).ToArray();
        foreach (var tenant in tenants)
            WriteTenant(tenant);
        var services = new List<string>();
        foreach (var name in (string[])["s1", "s2", "s3", "s4", "s5", "k.s1", "k.s2", "j.k.s1"])
        {
            if (Often(70))
            {
                services.Add(name);
                WriteService(name, tenants);
            }
        }

        Line("service-class gold\ndscp 46\nexit");
        Line("service-policy fine\nservice-class gold\nexit");
        WriteRouter(tenants, services);
        Line("exit");
        Line("exit");
    }

    private void WriteTenant(string name)
    {
        Line($"tenant {name}");
        foreach (var label in Labels.Where(_ => Often(50)))
        {
            Line($"member {label}");
            for (var i = _random.Next(1, 4); i > 0; i--)
                Line($"address {Prefix()}");
            Line("exit");
        }

        Line("exit");
    }

    private void WriteService(string name, string[] tenants)
    {
        Line($"service {name}");
        if (Often(10))
            Line("enabled false");
        if (Often(20))
            Line("scope public");
        if (Often(15))
            Line("service-policy fine");
        if (Often(15))
            Line("source-nat disabled");
        if (Often(15))
            Line("applies-to router\nrouter-name " + Pick<string>(["r1", "r2"]) + "\nexit");
        for (var i = _random.Next(1, 4); i > 0; i--)
            Line($"address {Prefix()}");
        foreach (var protocol in Protocols.Where(_ => Often(35)))
        {
            Line($"transport {protocol}");
            for (var i = protocol is "tcp" or "udp" ? _random.Next(3) : 0; i > 0; i--)
            {
                var from = Pick<int>([1, 22, 79, 80, 443]);
                Line($"port-range {from}\nend-port {from + Pick<int>([0, 1, 2, 400])}\nexit");
            }

            Line("exit");
        }

        WritePolicies(tenants);
        Line("exit");
    }

    private void WritePolicies(string[] tenants)
    {
        for (var i = _random.Next(4); i > 0; i--)
        {
            var source = _random.Next(4) switch
            {
                0 => Prefix(),
                1 when tenants.Length > 0 => $"{Pick(tenants)}@{Prefix()}",
                _ => tenants.Length > 0 ? Pick(tenants) : Prefix(),
            };
            Line($"access-policy {source}\npermission {(Often(30) ? "deny" : "allow")}\nexit");
        }
    }

    private void WriteRouter(string[] tenants, List<string> services)
    {
        Line("router r1");
        var profiles = new[] { "w1", "w2" }.Where(_ => Often(80)).ToArray();
        foreach (var profile in profiles)
            WriteProfile(profile, tenants);
        Line("node n");
        for (var i = 0; i < 3; i++)
        {
            Line($"device-interface e{i}");
            if (Often(5))
                Line("enabled false");
            Line($"network-interface i{i}");
            if (tenants.Length > 0 && Often(30))
                Line($"tenant {Pick(tenants)}");
            if (tenants.Length > 0 && Often(30))
                Line($"tenant-prefixes {Pick(tenants)}\nsource-address {Prefix()}\nsource-address {Prefix()}\nexit");
            foreach (var label in Labels.Where(_ => Often(40)))
                Line($"neighborhood {label}\nexit");
            if (Often(30))
                Line("source-nat true");
            if (Often(20))
                Line("icmp drop");
            for (var k = _random.Next(3); k >= 0; k--)
                WriteAddress(profiles, tenants);
            Line("exit\nexit");
        }

        Line("exit");
        for (var i = _random.Next(5); i > 0 && services.Count > 0; i--)
            WriteRoute(i, services, profiles);
        Line("exit");
    }

    private void WriteAddress(string[] profiles, string[] tenants)
    {
        var isIPv6 = Often(30);
        var address = Small(isIPv6);
        _addresses.Add(address);
        Line($"address {address}");
        if (Often(80))
            Line($"prefix-length {Pick<int>([24, 25, 26, 28, 32]) + (isIPv6 ? 96 : 0)}");
        if (Often(30))
            Line($"gateway {Small(isIPv6)}");
        if (profiles.Length > 0 && Often(50))
            Line($"wireguard-profile {Pick(profiles)}");
        if (Often(25))
        {
            Line("host-service ssh");
            WritePolicies(tenants);
            Line("exit");
        }

        if (Often(15))
            Line("host-service custom\ntransport udp\nport-range 12790\nend-port 12810\nexit\nexit\ntransport icmp\nexit\nexit");
        Line("exit");
    }

    private void WriteProfile(string name, string[] tenants)
    {
        Line($"wireguard-profile {name}");
        WritePolicies(tenants);
        Line("private-network");
        Line($"neighborhood {Pick(Labels)}");
        if (Often(30))
            Line($"tenant-name {Pick<string>(["a", "new"])}");
        foreach (var isIPv6 in (bool[])[false, true])
        {
            if (!isIPv6 || Often(50))
            {
                var own = Small(isIPv6);
                _addresses.Add(own);
                Line($"address {own}/{Pick<int>([24, 25, 26]) + (isIPv6 ? 96 : 0)}");
            }
        }

        Line("exit");
        foreach (var peer in (string[])["p1", "p2", "p3"])
        {
            Line($"peer {peer}\npublic-key {Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(name + peer)))}");
            if (Often(10))
                Line("enabled false");
            for (var i = _random.Next(1, 4); i > 0; i--)
                Line($"allowed-ip {(Often(5) ? "0.0.0.0/0" : Prefix(Often(30), all: false))}");
            Line("exit");
        }

        Line("exit");
    }

    private void WriteRoute(int number, List<string> services, string[] profiles)
    {
        Line($"service-route q{number}\nservice-name {Pick(services)}");
        if (Often(40))
            Line($"nat-target {Small(false)}");
        if (Often(25))
            Line($"nat-target {Small(true)}");
        if (Often(20))
            Line("port-target 8443");
        if (Often(10))
            Line("host n\nexit");
        for (var i = _random.Next(3); i > 0; i--)
        {
            var hop = profiles.Length > 0 && Often(40) ? $"{Pick(profiles)}-intf" : $"i{_random.Next(4)}";
            Line($"next-hop {(Often(90) ? "n" : "m")} {hop}");
            if (Often(50))
                Line($"gateway-ip {Small(Often(30))}");
            Line("exit");
        }

        if (Often(20))
            Line("use-learned-routes");
        Line("exit");
    }
}
