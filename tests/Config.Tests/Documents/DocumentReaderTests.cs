using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Config.Documents;
using Warren.Config.Language;

namespace Warren.Config.Tests.Documents;

public class DocumentReaderTests
{
    private const string Private = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    private const string Public = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";

    private const string Quick = $"""
        [Interface]
        # office
        Address = 10.0.0.1/24, fd00::1/64
        ListenPort = 51820
        PrivateKey = {Private} # secret
        PostUp = sysctl -w net.ipv4.ip_forward=1; echo '#1'
        Table = off
        PostUp = ip route add 192.168.7.0/24 dev %i

        [Peer] # branch
        PublicKey = {Public}
        AllowedIPs = 10.0.0.2/32
        AllowedIPs = 192.168.7.0/24
        Endpoint = [2001:db8::2]:51821
        PersistentKeepalive = 25
        """;

    [Fact]
    public void Reads_what_wg_quick_reads()
    {
        var document = Read("hosts/office/wg0.conf", Quick);
        Assert.False(document.IsProse);
        Assert.Empty(document.Remarks);
        var tunnel = Assert.Single(document.Tunnels);
        Assert.Equal((TunnelForm.Quick, "wg0", "office", LabelKind.Name), (tunnel.Form, tunnel.InterfaceName, tunnel.Label, tunnel.LabelKind));
        Assert.Equal(["10.0.0.1/24", "fd00::1/64"], tunnel.Addresses.Select(address => address.ToString()));
        Assert.Equal(((ushort?)51820, 4), (tunnel.ListenPort, tunnel.ListenPortPosition.Line));
        Assert.Equal((Public, 14), (tunnel.PrivateKey!.PublicKey.ToString(), tunnel.PrivateKey.Position.Column));
        Assert.True(tunnel.Forwards && !tunnel.MakesRoutes && tunnel.HasQuickSettings);
        Assert.Equal(["192.168.7.0/24"], tunnel.Routes.Select(route => route.ToString()));
        Assert.Equal("sysctl -w net.ipv4.ip_forward=1; echo '#1'", tunnel.Hooks[0].Text);
        var peer = Assert.Single(tunnel.Peers);
        Assert.Equal(("branch", 25), (peer.Label, peer.Keepalive));
        Assert.Equal(["10.0.0.2/32", "192.168.7.0/24"], peer.AllowedIps.Select(allowed => allowed.ToString()));
        Assert.Equal(("2001:db8::2", (ushort?)51821), (peer.Endpoint!.Host, peer.Endpoint.Port));
    }

    [Fact]
    public void Reads_NetworkManager()
    {
        var document = Read("office.nmconnection", $"""
            [connection]
            id=Office
            type=wireguard
            interface-name=wg1

            ; a comment
            [wireguard]
            listen-port=51820
            mtu=1420
            private-key={Private}
            peer-routes=false

            [wireguard-peer.{Public}]
            endpoint=hub.example.com:51820
            allowed-ips=10.0.0.0/24;fd00::/64;
            persistent-keepalive=20

            [ipv4]
            address1=10.0.0.2/24,10.0.0.1
            dns=10.0.0.1;
            method=manual

            [ipv6]
            addresses=fd00::2/64;
            """);
        Assert.Empty(document.Remarks);
        var tunnel = Assert.Single(document.Tunnels);
        Assert.Equal((TunnelForm.NetworkManager, "wg1", "Office"), (tunnel.Form, tunnel.InterfaceName, tunnel.Label));
        Assert.Equal(((ushort?)51820, (int?)1420), (tunnel.ListenPort, tunnel.Mtu));
        Assert.True(!tunnel.MakesRoutes && tunnel.HasNameServers);
        Assert.Equal(["10.0.0.2/24", "fd00::2/64"], tunnel.Addresses.Select(address => address.ToString()));
        var peer = Assert.Single(tunnel.Peers);
        Assert.Equal((Public, 20, "hub.example.com"), (peer.PublicKey!.PublicKey.ToString(), peer.Keepalive, peer.Endpoint!.Host));
        Assert.Equal(["10.0.0.0/24", "fd00::/64"], peer.AllowedIps.Select(allowed => allowed.ToString()));
        Assert.Equal(Public, document.Source.Text.Substring(peer.PublicKey.Start, peer.PublicKey.Length));
    }

    [Fact]
    public void Reads_networkd_in_its_two_files()
    {
        var tunnel = Assert.Single(Read("wg0.netdev", $"""
            [NetDev]
            Name=wg0
            Kind=wireguard
            MTUBytes=1420

            [WireGuard]
            PrivateKeyFile=/etc/systemd/network/wg0.key
            ListenPort=51820

            [WireGuardPeer]
            PublicKey={Public}
            AllowedIPs=10.0.0.2/32,192.168.7.0/24
            PresharedKeyFile=/etc/systemd/network/wg0.psk
            """).Tunnels);
        Assert.True(tunnel.HasKeyElsewhere && !tunnel.MakesRoutes && tunnel.Peers[0].HasPresharedKeyElsewhere);
        var part = Assert.Single(Read("wg0.network", "[Match]\nName=wg0\n\n[Network]\nAddress=10.0.0.1/24\nIPv4Forwarding=yes\n\n[Route]\nDestination=192.168.7.0/24\n").NetworkParts);
        var whole = part.AddTo(tunnel);
        Assert.Equal(["10.0.0.1/24"], whole.Addresses.Select(address => address.ToString()));
        Assert.Equal(["192.168.7.0/24"], whole.Routes.Select(route => route.ToString()));
        Assert.True(whole.Forwards);
    }

    [Fact]
    public void Reads_an_INI_that_lost_its_lines()
    {
        const string Line = $"Put [Interface] Address = 10.0.0.1/24, fd00::1/64 PrivateKey = {Private} PostUp = ip route add 10.2.0.0/16 dev %i [Peer] PublicKey = {Public} AllowedIPs = 10.0.0.2/32,10.2.0.0/16 PersistentKeepalive = 25 into a file.";
        var document = Read("page.txt", $"First this:\n{Line}\nThen start it.\n");
        var tunnel = Assert.Single(document.Tunnels);
        Assert.True(document.IsProse && tunnel.IsFlat && tunnel.IsInProse);
        Assert.Equal(["10.0.0.1/24", "fd00::1/64"], tunnel.Addresses.Select(address => address.ToString()));
        Assert.Equal("ip route add 10.2.0.0/16 dev %i", Assert.Single(tunnel.Hooks).Text);
        var peer = Assert.Single(tunnel.Peers);
        Assert.Equal((25, 2), (peer.Keepalive, peer.AllowedIps.Count));
        Assert.All(tunnel.Addresses.Concat(peer.AllowedIps), prefix => Assert.Equal(prefix.Place.Text, document.Source.Text.Substring(prefix.Place.Start, prefix.Place.Text.Length)));
        Assert.Equal((2, Line.IndexOf("10.0.0.2", StringComparison.Ordinal) + 1), (peer.AllowedIps[0].Place.Position.Line, peer.AllowedIps[0].Place.Position.Column));
    }

    [Fact]
    public void Finds_blocks_in_prose_and_what_their_hosts_are_called()
    {
        var document = Read("howto.md", $"""
            # A network

            Let's call the servers s1 and s2 with public IPs 192.0.2.1 and 192.0.2.2 respectively.

            ## Server S1

            ```ini
            {Quick.Replace("# office", "", StringComparison.Ordinal)}
            ```

            For host s3 copy this, but with another address:

            [Interface]
            Address = 10.0.0.2/24
            PrivateKey = <private key>
            That is all. Use the [Peer] section for others.

            Client s2

            [Interface]
            Address = 10.0.0.2/24
            PrivateKey = <private key>
            """);
        Assert.Equal([("S1", LabelKind.Name), ("s3", LabelKind.Mention), ("s2", LabelKind.Name)], document.Tunnels.Select(tunnel => (tunnel.Label!, tunnel.LabelKind)));
        Assert.Equal([("s1", "192.0.2.1/32", HostFactKind.Outer), ("s2", "192.0.2.2/32", HostFactKind.Outer)], document.Facts.Hosts.Select(fact => (fact.Name, fact.Prefix.ToString(), fact.Kind)));
        Assert.Empty(document.Remarks);
        Assert.Equal(KeyFault.Placeholder, document.Tunnels[1].PrivateKey!.Fault);
    }

    [Fact]
    public void Reads_blocks_of_the_authority_language_with_their_places()
    {
        var document = Read("page.md", $"""
            Write:
            ```
            config
              authority
                router r1
                  name r1
                  wireguard-profile p
                    name p
                    private-network
                      neighborhood n
                      address 10.0.0.1/24
                    exit
                    peer one
                      name one
                      public-key {Public}
                      allowed-ip 10.0.0.2/32
                    exit
                  exit
                exit
              exit
            exit
            ```
            and then
            ```
            config
              authority
                router r1
                  node n1
                    name n1
                    device-interface eth1
                      name eth1
                      network-interface net
                        name net
                        address 192.0.2.1
                          ip-address 192.0.2.1
                          wireguard-profile p
                        exit
                      exit
                    exit
                  exit
                exit
              exit
            exit
            ```
            and that is all.
            """);
        Assert.Empty(document.Remarks);
        var tunnel = Assert.Single(document.Tunnels);
        Assert.Equal(("r1", "p", (ushort?)12800), (tunnel.Router, tunnel.InterfaceName, tunnel.ListenPort));
        Assert.Equal(["192.0.2.1"], tunnel.OuterAddresses.Select(address => address.ToString()));
        var key = Assert.Single(tunnel.Peers).PublicKey!;
        Assert.Equal((15, Public), (key.Position.Line, document.Source.Text.Substring(key.Start, key.Length)));
    }

    [Theory]
    [InlineData("Adress = 10.0.0.1/24", "setting-unknown", "write Address")]
    [InlineData("AllowedIPs = 10.0.0.1/24", "setting-misplaced", "move the line under [Peer]")]
    [InlineData("ListenPort = 70000", "setting-unreadable", "ListenPort = NUMBER")]
    [InlineData("Address = 10.0.0.256/24", "address-unreadable", "Address = ADDRESS/LENGTH, such as 10.0.0.2/32")]
    [InlineData("PrivateKey = yAnz5TF+lXXJte14tji3", "key-unreadable", "PrivateKey = the key as wg genkey printed it")]
    [InlineData("just words", "line-unreadable", "write NAME = VALUE, or put # before it")]
    public void Says_what_cannot_be_read_and_what_to_write(string line, string rule, string fix)
    {
        var remark = Assert.Single(Read("wg0.conf", $"[Interface]\n{line}\n").Remarks);
        Assert.Equal((rule, fix, 2), (remark.Finding.Rule, remark.Finding.Fix, remark.Finding.Position.Line));
    }

    [Fact]
    public void Reads_blocks_that_are_indented_or_quoted_and_writes_into_them_alike()
    {
        foreach (var margin in new[] { "    ", "\t", "> ", ">> " })
        {
            var text = $"He wrote:\n\n{string.Concat(Quick.Split('\n').Select(line => $"{margin}{line}\n"))}\nand it failed.\n";
            var tunnel = Assert.Single(Read("mail.txt", text).Tunnels);
            Assert.Equal((2, 1), (tunnel.Addresses.Count, tunnel.Peers.Count));
            Assert.Equal($"\n{margin}MTU = 1420", tunnel.Insert("MTU = 1420")!.Text);
        }
    }

    [Fact]
    public void Reads_an_article_that_is_one_line()
    {
        var text = $"Let's call the servers s1 and s2 with public IPs 192.0.2.1 and 192.0.2.2. Server S1 {Quick.Replace("# secret", "", StringComparison.Ordinal).Replace("# office", "", StringComparison.Ordinal).Replace("# branch", "", StringComparison.Ordinal)} Client S2 [Interface] Address = 10.0.0.2/24 And so on.";
        var document = Read("page.txt", text.Replace('\n', ' '));
        Assert.Equal([("S1", LabelKind.Name), ("S2", LabelKind.Name)], document.Tunnels.Select(tunnel => (tunnel.Label!, tunnel.LabelKind)));
        Assert.Equal(2, document.Facts.Hosts.Count);
    }

    [Fact]
    public void Reads_behind_a_byte_order_mark_and_says_that_it_has_to_go()
    {
        var document = Read("wg0.conf", "\ufeff[Interface]\nAddress = 10.0.0.1/24\n");
        Assert.Equal("line-unreadable", Assert.Single(document.Remarks).Finding.Rule);
        Assert.Equal(1, document.Remarks[0].Edit!.Length);
        Assert.Single(Assert.Single(document.Tunnels).Addresses);
        Assert.Empty(Read("a.conf", "\ufeffconfig\n    authority\n    exit\nexit\n").Remarks);
    }

    [Theory]
    [InlineData("", KeyFault.Empty)]
    [InlineData("<the private key>", KeyFault.Placeholder)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=", KeyFault.Placeholder)]
    [InlineData("SERVERPRIVATEKEY", KeyFault.Placeholder)]
    [InlineData("yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk", KeyFault.TooShort)]
    [InlineData("yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk==", KeyFault.TooLong)]
    [InlineData("yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=", KeyFault.NotBase64)]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", KeyFault.Hexadecimal)]
    [InlineData(Private, KeyFault.None)]
    public void Says_why_a_key_is_none_and_never_shows_it(string text, KeyFault fault)
    {
        var key = Read("a.txt", $"[Interface]\nPrivateKey = {text}\nAddress = 10.0.0.1/24\n").Tunnels[0].PrivateKey!;
        Assert.Equal((fault, "(hidden)"), (key.Fault, key.ToString()));
    }

    [Fact]
    public void Leaves_other_files_alone()
    {
        foreach (var text in new[] { "", "net.ipv4.ip_forward = 1\n", "[Unit]\nDescription = x\n", "{ \"a\": [1] }", "The [Interface] section is the first.", "key = value\n" })
        {
            var document = Read("other.conf", text);
            Assert.Empty(document.Tunnels);
            Assert.Empty(document.Remarks);
        }
    }

    [Fact]
    public void Any_text_is_read_and_every_place_is_where_it_says()
    {
        Prop.ForAll<string>(text => IsTrue(Read("a.txt", text ?? ""))).QuickCheckThrowOnFailure();
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var text = Quick;
            for (var i = 0; i < 4; i++)
            {
                var at = random.Next(text.Length);
                text = random.Next(3) switch { 0 => text.Remove(at, 1), 1 => text.Insert(at, "[]=#, \n\r"[random.Next(8)].ToString()), _ => text[..at] + text[random.Next(at, text.Length)..] };
                if (text.Length == 0)
                    break;
            }

            return IsTrue(Read(random.Next(2) == 0 ? "a.txt" : "wg0.conf", text));
        }).QuickCheckThrowOnFailure();
    }

    private static bool IsTrue(Document document)
    {
        foreach (var place in Places(document))
        {
            if (place.Text != document.Source.Text.Substring(place.Start, place.Text.Length))
                return false;
            if (place.Position.Column > 0 && !document.Source.Line(place.Position.Line)[(place.Position.Column - 1)..].StartsWith(place.Text, StringComparison.Ordinal))
                return false;
        }

        return document.Remarks.All(remark => remark.Finding.Position.IsKnown);
    }

    private static IEnumerable<Written> Places(Document document) =>
        document.Tunnels.SelectMany(tunnel => tunnel.Addresses.Concat(tunnel.Peers.SelectMany(peer => peer.AllowedIps)).Select(prefix => prefix.Place).Concat(tunnel.Hooks)
            .Concat(tunnel.Peers.Where(peer => peer.Endpoint is not null).Select(peer => peer.Endpoint!.Place)));

    private static Document Read(string name, string text) => DocumentReader.Read(new SourceText(name, text));
}
