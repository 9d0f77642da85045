using System.Globalization;
using System.Linq;
using System.Text;

namespace Warren.Lab;

// What the topology says of a node, made so: one script, run in the node once its links exist.
public sealed partial class Node
{
    /// <summary>Loads the gateway's rules; with a port range given, flows that are masqueraded from now on leave from it.</summary>
    internal static string GatewayRules(string? ports) => $$"""
        table ip lab-gateway
        delete table ip lab-gateway
        table ip lab-gateway {
            chain out {
                type nat hook postrouting priority srcnat; policy accept;
                oifname "eth0" meta l4proto { tcp, udp } masquerade{{(ports is null ? "" : $" to :{ports}")}}
                oifname "eth0" masquerade
            }
            chain in {
                type filter hook forward priority filter; policy accept;
                iifname "eth0" ct state new drop
            }
        }
        """;

    internal void Configure()
    {
        var script = new StringBuilder();
        foreach (var (key, value) in Plan.Sysctls) script.Append(CultureInfo.InvariantCulture, $"echo {value} > /proc/sys/{key.Replace('.', '/')}\n");
        foreach (var (name, address) in Plan.Hosts) script.Append(CultureInfo.InvariantCulture, $"echo '{address} {name}' >> /etc/hosts\n");
        foreach (var attachment in Plan.Attachments.Where(a => !a.Offload))
            script.Append(CultureInfo.InvariantCulture, $"ethtool -K {attachment.Interface} tso off gso off gro off > /dev/null\n");
        if (Plan.IsGateway) script.Append("nft -f - <<'RULES'\n").Append(GatewayRules(null)).Append("\nRULES\n");
        script.Append("ip -batch - <<'LINES'\n");
        foreach (var attachment in Plan.Attachments)
        {
            script.Append(CultureInfo.InvariantCulture, $"link set {attachment.Interface} mtu {attachment.MtuBytes} up\n");
            foreach (var address in attachment.Addresses) script.Append(CultureInfo.InvariantCulture, $"address add {address} dev {attachment.Interface}\n");
        }

        script.Append(Routes()).Append("LINES\n");
        Shell(script.ToString());
        foreach (var (path, content) in Plan.Files) WriteFile(path, content);
    }

    /// <summary>
    /// Makes a gateway forget every translation it holds, as a router does that restarts: flows from inside get new ports from
    /// <paramref name="ports"/> ("40000-40999"), and answers to the old ones are refused.
    /// </summary>
    public void RebindGateway(string ports)
    {
        var outside = Plan.Attachments[0];
        // Masquerading forgets the flows of an address that is taken away; conntrack's own tool is not needed.
        var lines = outside.Addresses.Select(a => $"address del {a} dev eth0\naddress add {a} dev eth0\n");
        var routes = Plan.Routes.Select(r => $"route replace {r}\n");
        Shell($"nft -f - <<'RULES'\n{GatewayRules(ports)}\nRULES\nip -batch - <<'LINES'\n{string.Concat(lines)}{string.Concat(routes)}LINES\n");
    }

    private string Routes() => string.Concat(Plan.Routes.Select(r => $"route add {r}\n"));
}
