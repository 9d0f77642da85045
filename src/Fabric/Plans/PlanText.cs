using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Fabric.Plans;

/// <summary>A plan for people, a fact per line, and as JSON. The same plan gives the same text; two plans are compared line by line.</summary>
public static class PlanText
{
    /// <summary>The plan as lines, grouped under headings.</summary>
    public static string Write(NodePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var text = new StringBuilder();
        foreach (var (heading, lines) in Sections(plan))
        {
            if (lines.Count == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}{heading}\n");
            foreach (var line in lines)
                text.Append(CultureInfo.InvariantCulture, $"  {line}\n");
        }

        return text.ToString();
    }

    /// <summary>The plan as JSON; preshared keys are masked unless <paramref name="secrets"/>.</summary>
    public static string WriteJson(NodePlan plan, bool secrets = false)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
            Write(writer, plan, secrets);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>Every line under its heading: what differences of plans are made of.</summary>
    internal static IEnumerable<(string Heading, IReadOnlyList<string> Lines)> Sections(NodePlan plan)
    {
        var names = plan.Interfaces.ToDictionary(of => of.Id, of => of.Name);
        yield return ($"node {plan.Node}.{plan.Router}", []);
        yield return ("links", [.. plan.Links.Select(Link)]);
        yield return ("interfaces", [.. plan.Interfaces.Select(Interface)]);
        foreach (var device in plan.Devices)
        {
            yield return ($"device {device.Name}", [Device(device), .. device.Peers.Select(Peer), .. Routes(device)]);
        }

        yield return ("own addresses", [.. plan.OwnAddresses.Select(own => $"{own.Address} {names[own.Interface]}")]);
        yield return ("classes", [.. plan.Classes.Select(of => $"{of.Id}: {string.Join(", ", of.Tenants)}")]);
        yield return ("sources", [.. plan.Sources.Select(row => $"{names[row.Interface]} {row.Addresses} is {row.Tenant}, class {row.Class}")]);
        yield return ("services", [.. plan.Services.Select(Service)]);
        yield return ("here", [.. plan.Here.Select(Here)]);
        yield return ("entries", [.. plan.Entries.Select(entry => Entry(entry, names))]);
        yield return ("sessions", [.. plan.Sessions.Select(Session)]);
    }

    private static string Link(LinkPlan link) =>
        $"{link.Name} {(link.IsManaged ? "managed" : "adopted")}{(link.Vlan > 0 ? $" vlan {link.Vlan}" : "")}{(link.Mtu is { } mtu ? $" mtu {mtu}" : "")}{(link.Dhcp is { } dhcp ? $" dhcp {dhcp}" : "")}"
        + string.Concat(link.Addresses.Select(address => $" {address}")) + string.Concat(link.Gateways.Select(gateway => $" via {gateway}"));

    private static string Interface(InterfacePlan of) =>
        $"{of.Id}: {of.Name} on {of.Link}{(of.IsProfile ? " profile" : "")}{(of.IsPoliced ? " policed" : "")}{(of.AnswersIcmp ? "" : " icmp-drop")}{(of.SourceNat ? " source-nat" : "")} mss {Segment(of.MaximumSegment)}";

    private static string Segment(int? segment) => segment switch { null => "automatic", -1 => "disabled", { } bytes => bytes.ToString(CultureInfo.InvariantCulture) };

    private static string Device(DevicePlan device) =>
        $"port {device.ListenPort} on {string.Join(", ", device.BindAddresses.Select(address => address.ToString()).Concat(device.BindInterfaces.Select(link => $"the lease of {link}")).DefaultIfEmpty("nothing"))}"
        + $" table {device.Table} mtu {device.Mtu}{string.Concat(device.Addresses.Select(address => $" {address.Address}/{address.Address.BitLength}"))}";

    private static string Peer(PeerPlan peer) =>
        $"peer {peer.Name} {peer.PublicKey}{(peer.PresharedKey is null ? "" : " preshared-key " + ConfigReader.Mask)}{(peer.Endpoint is { } endpoint ? $" endpoint {endpoint}" : "")}"
        + $"{(peer.Keepalive > 0 ? $" keepalive {peer.Keepalive}" : "")} allowed-ips {string.Join(' ', peer.AllowedIps.Select(allowed => allowed.ToString()).DefaultIfEmpty("none"))}";

    private static IEnumerable<string> Routes(DevicePlan device) =>
        device.Addresses.Select(address => address.Network).Concat(device.Peers.SelectMany(peer => peer.AllowedIps)).Distinct().OrderBy(network => network.Address).ThenBy(network => network.Length)
            .Select(network => $"route {network} table {device.Table}").Append($"route unreachable table {device.Table}");

    private static string Service(ServiceRow row) =>
        $"{(int)row.Stage} {row.Addresses} {IpProtocols.Word(row.Protocol)}{Ports(row.FromPort, row.ToPort)} class {row.Class}: {(row.Entry == 0 ? "deny" : $"entry {row.Entry}")} {row.Service}";

    private static string Here(HereRow row) =>
        $"{row.Address?.ToString() ?? $"the lease of {row.Link}"} {IpProtocols.Word(row.Protocol)}{Ports(row.FromPort, row.ToPort)} class {row.Class}: {(row.IsAllowed ? "allow" : "deny")} {row.Service}";

    private static string Entry(EntryPlan entry, Dictionary<int, string> names) =>
        $"{entry.Id}: {entry.Service}{(entry.Route is { } route ? $" by {route}" : "")} {(entry.IsIPv6 ? "IPv6" : "IPv4")} "
        + entry.Way switch
        {
            WayOut.None => "no way",
            WayOut.Machine => "to the machine itself",
            WayOut.LearnedRoutes => "by the machine's routes",
            WayOut.Profile => $"into {names[entry.Interface]}",
            _ => $"out by {names[entry.Interface]}{(entry.Gateway is { } gateway ? $" via {gateway}" : "")}",
        }
        + $"{(entry.NatTarget is { } target ? $" to {target}" : "")}{(entry.PortTarget is { } port ? $" port {port}" : "")}{(entry.SourceNat ? " source-nat" : "")}{(entry.Dscp is { } dscp ? $" dscp {dscp}" : "")}"
        + (entry.Others.Count == 0 ? "" : $"{(entry.IsProportional ? " shared with" : " then")} {string.Join(", ", entry.Others)}")
        + (entry.TransportState == TransportState.Reset ? "" : $" tcp-without-syn {ServicePolicy.TransportStateLeaf.Type.Options[(int)entry.TransportState]}");

    private static string Session(SessionRow row) =>
        $"{row.Name} {IpProtocols.Word(row.Protocol)}{Ports(row.FromPort, row.ToPort)} timeout {row.Timeout.TotalSeconds:0.###} s initial {row.InitialTimeout.TotalSeconds:0.###} s{(row.Dscp is { } dscp ? $" dscp {dscp}" : "")}";

    private static string Ports(ushort from, ushort to) => from == 0 && to == ushort.MaxValue ? "" : from == to ? $"/{from}" : $"/{from}-{to}";

    private static void Write(Utf8JsonWriter writer, NodePlan plan, bool secrets)
    {
        var names = plan.Interfaces.ToDictionary(of => of.Id, of => of.Name);
        writer.WriteStartObject();
        writer.WriteString("router", plan.Router);
        writer.WriteString("node", plan.Node);
        Array(writer, "links", plan.Links, link =>
        {
            writer.WriteString("name", link.Name);
            writer.WriteString("device", link.Device);
            writer.WriteNumber("vlan", link.Vlan);
            writer.WriteBoolean("managed", link.IsManaged);
            Optional(writer, "mtu", link.Mtu);
            Optional(writer, "dhcp", link.Dhcp);
            Strings(writer, "addresses", link.Addresses);
            Strings(writer, "gateways", link.Gateways);
        });
        Array(writer, "interfaces", plan.Interfaces, of =>
        {
            writer.WriteNumber("id", of.Id);
            writer.WriteString("name", of.Name);
            writer.WriteString("link", of.Link);
            writer.WriteBoolean("profile", of.IsProfile);
            writer.WriteBoolean("policed", of.IsPoliced);
            writer.WriteBoolean("answers-icmp", of.AnswersIcmp);
            writer.WriteBoolean("source-nat", of.SourceNat);
            writer.WriteString("maximum-segment", Segment(of.MaximumSegment));
        });
        Array(writer, "devices", plan.Devices, device =>
        {
            writer.WriteString("name", device.Name);
            writer.WriteString("interface", device.Interface);
            writer.WriteNumber("listen-port", device.ListenPort);
            Strings(writer, "bind-addresses", device.BindAddresses);
            Strings(writer, "bind-interfaces", device.BindInterfaces);
            Strings(writer, "addresses", device.Addresses);
            writer.WriteNumber("table", device.Table);
            writer.WriteNumber("mtu", device.Mtu);
            Array(writer, "peers", device.Peers, peer =>
            {
                writer.WriteString("name", peer.Name);
                writer.WriteString("public-key", peer.PublicKey.ToString());
                Optional(writer, "preshared-key", peer.PresharedKey is null ? null : secrets ? peer.PresharedKey : ConfigReader.Mask);
                Optional(writer, "endpoint", peer.Endpoint?.ToString());
                writer.WriteNumber("keepalive", peer.Keepalive);
                Strings(writer, "allowed-ips", peer.AllowedIps);
            });
        });
        Array(writer, "own-addresses", plan.OwnAddresses, own =>
        {
            writer.WriteString("address", own.Address.ToString());
            writer.WriteNumber("interface", own.Interface);
        });
        Array(writer, "classes", plan.Classes, of =>
        {
            writer.WriteNumber("id", of.Id);
            Strings(writer, "tenants", of.Tenants);
        });
        Array(writer, "sources", plan.Sources, row =>
        {
            writer.WriteNumber("interface", row.Interface);
            writer.WriteString("addresses", row.Addresses.ToString());
            writer.WriteString("tenant", row.Tenant);
            writer.WriteNumber("class", row.Class);
        });
        Array(writer, "services", plan.Services, row =>
        {
            writer.WriteNumber("stage", (int)row.Stage);
            writer.WriteString("addresses", row.Addresses.ToString());
            writer.WriteString("protocol", IpProtocols.Word(row.Protocol));
            writer.WriteNumber("from-port", row.FromPort);
            writer.WriteNumber("to-port", row.ToPort);
            writer.WriteNumber("class", row.Class);
            writer.WriteString("service", row.Service);
            writer.WriteNumber("entry", row.Entry);
        });
        Array(writer, "here", plan.Here, row =>
        {
            Optional(writer, "address", row.Address?.ToString());
            Optional(writer, "lease-of", row.Link);
            writer.WriteString("protocol", IpProtocols.Word(row.Protocol));
            writer.WriteNumber("from-port", row.FromPort);
            writer.WriteNumber("to-port", row.ToPort);
            writer.WriteNumber("class", row.Class);
            writer.WriteString("service", row.Service);
            writer.WriteBoolean("allowed", row.IsAllowed);
        });
        Array(writer, "entries", plan.Entries, entry =>
        {
            writer.WriteNumber("id", entry.Id);
            writer.WriteString("service", entry.Service);
            Optional(writer, "route", entry.Route);
            writer.WriteString("family", entry.IsIPv6 ? "IPv6" : "IPv4");
            writer.WriteString("way", entry.Way.ToString());
            Optional(writer, "interface", entry.Interface == 0 ? null : names[entry.Interface]);
            Optional(writer, "gateway", entry.Gateway?.ToString());
            Optional(writer, "nat-target", entry.NatTarget?.ToString());
            Optional(writer, "port-target", entry.PortTarget);
            writer.WriteBoolean("source-nat", entry.SourceNat);
            Optional(writer, "dscp", entry.Dscp);
            Strings(writer, "others", entry.Others);
            writer.WriteBoolean("proportional", entry.IsProportional);
            writer.WriteString("transport-state", ServicePolicy.TransportStateLeaf.Type.Options[(int)entry.TransportState]);
        });
        Array(writer, "sessions", plan.Sessions, row =>
        {
            writer.WriteString("name", row.Name);
            writer.WriteString("protocol", IpProtocols.Word(row.Protocol));
            writer.WriteNumber("from-port", row.FromPort);
            writer.WriteNumber("to-port", row.ToPort);
            writer.WriteNumber("timeout-ms", row.Timeout.TotalMilliseconds);
            writer.WriteNumber("initial-timeout-ms", row.InitialTimeout.TotalMilliseconds);
            Optional(writer, "dscp", row.Dscp);
        });
        writer.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Strings<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            writer.WriteStringValue(item?.ToString());
        writer.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void Optional(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }
}
