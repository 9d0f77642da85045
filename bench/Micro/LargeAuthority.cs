using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Warren.Bench.Micro;

/// <summary>An authority as operators of many routers have it: 100 peers and 5 services a router, services confined to groups of routers, three tenants each.</summary>
internal static class LargeAuthority
{
    private const int PeersPerRouter = 100;
    private const int Groups = 50;

    /// <summary>The configuration of so many routers, with half as many tenants and five times as many services.</summary>
    internal static string Write(int routers)
    {
        var text = new StringBuilder("config\nauthority\n");
        var (tenants, services) = (Math.Max(4, routers / 2), routers * 5);
        for (var t = 0; t < tenants; t++)
            Line(text, $"tenant t{t}\nmember n{t % Groups}\nneighborhood n{t % Groups}\naddress 10.{10 + (t / Groups)}.0.0/16\nexit\nexit");
        for (var s = 0; s < services; s++)
        {
            Line(text, $"service s{s}\napplies-to router-group\ngroup-name g{s % Groups}\nexit\ntransport tcp\nport-range 443\nexit\nexit\naddress 172.{16 + (s >> 8)}.{s & 255}.0/24");
            for (var k = 0; k < 3; k++)
                Line(text, $"access-policy t{(s + k) % tenants}\nexit");
            Line(text, "exit");
        }

        for (var r = 0; r < routers; r++)
            Router(text, r);
        return text.Append("exit\nexit\n").ToString();
    }

    private static void Router(StringBuilder text, int r)
    {
        Line(text, $"router r{r}\ngroup g{r % Groups}\nwireguard-profile wg\nprivate-network\nneighborhood n{r % Groups}\naddress 10.10.0.1/16\nexit");
        for (var p = 0; p < PeersPerRouter; p++)
        {
            var key = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes($"{r}.{p}")));
            Line(text, $"peer p{p}\nname p{p}\npublic-key {key}\nallowed-ip 10.10.1.{p + 1}/32\nexit");
        }

        Line(text, "exit\nnode n1\ndevice-interface eth0\nnetwork-interface wan");
        Line(text, $"address 100.{64 + (r >> 8)}.{r & 255}.1\nprefix-length 24\ngateway 100.{64 + (r >> 8)}.{r & 255}.254\nwireguard-profile wg\nexit\nexit\nexit");
        Line(text, $"device-interface eth1\nnetwork-interface lan\naddress 172.{32 + (r >> 8)}.{r & 255}.1\nprefix-length 24\ngateway 172.{32 + (r >> 8)}.{r & 255}.2\nexit\nexit\nexit\nexit\nexit");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
