using System.Collections.Generic;
using System.Linq;

namespace Warren.Cli.Tests.Quick;

/// <summary>The kernel's state after Debian's wg-quick and after ours, for one configuration; and again after down.</summary>
[Trait("Category", "Root")]
public sealed class SameAsWgQuickTests
{
    private const string Peer = """
        [Peer]
        PublicKey = $PEER
        Endpoint = 192.0.2.1:51820

        """;

    public static TheoryData<string, string> Configurations => new()
    {
        { "full tunnel, both families", "Address = 10.9.0.2/24, fd00:9::2/64\n" + Peer + "AllowedIPs = 0.0.0.0/0, ::/0, 172.16.5.0/28, 10.9.0.0/24" },
        { "full tunnel, IPv4", "Address = 10.9.0.2/32\n" + Peer + "AllowedIPs = 0.0.0.0/0" },
        { "full tunnel, IPv6", "Address = fd00:9::2/128\n" + Peer + "AllowedIPs = ::/0" },
        { "full tunnel by halves", "Address = 10.9.0.2/24\n" + Peer + "AllowedIPs = 0.0.0.0/1, 128.0.0.0/1, ::/1, 8000::/1" },
        { "full tunnel with a mark", "Address = 10.9.0.2/24, fd00:9::2/64\nFwMark = 0x1234\n" + Peer + "AllowedIPs = 0.0.0.0/0, ::/0" },
        { "own table", "Address = 10.9.0.2/24, fd00:9::2/64\nTable = 1234\nMTU = 1380\n" + Peer + "AllowedIPs = 0.0.0.0/0, ::/0, 172.16.5.0/28" },
        { "main table by name", "Address = 10.9.0.2/24\nTable = main\n" + Peer + "AllowedIPs = 172.16.5.0/28, 172.16.0.0/12" },
        { "no table", "Address = 10.9.0.2/24\nTable = off\n" + Peer + "AllowedIPs = 0.0.0.0/0, ::/0" },
        { "site to site", "Address = 10.1.1.11/32\nTable = off\nPostUp = ip -4 route add 10.1.1.0/24 dev %i\nPostUp = ip -4 route add 172.16.1.0/24 dev %i\n" + Peer + "AllowedIPs = 10.1.1.0/24,192.168.1.0/24,172.16.1.0/24\nPersistentKeepalive = 25" },
        { "no peer", "Address = 10.9.0.2/24" },
        { "no address", Peer + "AllowedIPs = 10.0.0.0/8" },
        { "an address without a length", "Address = 192.168.100.10\n" + Peer + "AllowedIPs = 192.168.100.11/32" },
        { "covered and nested prefixes", "Address = 10.9.0.2/24, fd00:9::2/64\n" + Peer + "AllowedIPs = 10.9.0.7/32, 10.9.0.0/16, 10.9.1.0/24, fd00:9::7/128, fd00::/16, fd00:9:1::/64" },
        { "two peers", "Address = 10.9.0.2/24\n" + Peer + "AllowedIPs = 10.8.0.0/24\n[Peer]\nPublicKey = TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=\nAllowedIPs = 10.7.0.0/24, 10.8.0.128/25\nEndpoint = [2001:db8::1]:51820" },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Up_and_down_leave_the_same(string name, string rest)
    {
        var result = Sandbox.Run($$"""
            conf wgt <<E
            [Interface]
            PrivateKey = $KEY
            ListenPort = 51820
            {{rest}}
            E
            echo "== before"; state
            for who in real ours; do
              $who up wgt 2>/run/$who.log || { echo "$who: rc $?"; cat /run/$who.log; } >&2
              echo "== $who up"; state
              $who down wgt 2>>/run/$who.log || { echo "$who: rc $?"; cat /run/$who.log; } >&2
              echo "== $who down"; state
              sysctl -qw net.ipv4.conf.all.src_valid_mark=0
            done
            cat /run/ours.log >&2
            """);
        Assert.Contains("\"wgt\"", result.Part("real up"));
        Assert.Equal(result.Part("real up"), result.Part("ours up"));
        Assert.Equal(result.Part("real down"), result.Part("ours down"));
        Assert.DoesNotContain("rc ", result.Error);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Either_takes_down_what_the_other_put_up()
    {
        var result = Sandbox.Run("""
            conf wgt <<E
            [Interface]
            PrivateKey = $KEY
            Address = 10.9.0.2/24, fd00:9::2/64
            [Peer]
            PublicKey = $PEER
            AllowedIPs = 0.0.0.0/0, ::/0
            E
            sysctl -qw net.ipv4.conf.all.src_valid_mark=1
            echo "== before"; state
            real up wgt && ours down wgt; echo "== after ours"; state
            ours up wgt && real down wgt; echo "== after real"; state
            """);
        Assert.Equal(result.Part("before"), result.Part("after ours"));
        Assert.Equal(result.Part("before"), result.Part("after real"));
    }

    [Fact]
    public void Save_writes_the_same_file_and_it_comes_up_again()
    {
        var result = Sandbox.Run("""
            fake resolvconf 'case $1 in -a) cat > "/run/dns.$2" ;; -d) rm -f "/run/dns.$2" ;; -l) cat "/run/dns.$2" ;; esac'
            text() {
              echo "[Interface]
            # a comment
            PrivateKey = $KEY
            ListenPort = 51820
            Address = 10.9.0.2/24, 10.9.1.2/32
            DNS = 10.9.0.1, corp.example
            MTU = 1380
            Table = 1234
            PostUp = echo %i
            PreDown = true
            SaveConfig = $1
            [Peer]
            PublicKey = $PEER
            AllowedIPs = 10.0.0.0/8, fd00::/8
            Endpoint = 192.0.2.1:51820" | conf wgt
            }
            for who in real ours; do
              text false; $who up wgt
              wg set wgt peer TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0= allowed-ips 10.2.0.0/16 persistent-keepalive 5
              ip link set mtu 1400 dev wgt
              $who save wgt; echo "== $who saved"; stat -c %a /etc/wireguard/wgt.conf; cat /etc/wireguard/wgt.conf; echo "== $who goes on"
              $who down wgt
              text true; $who up wgt; wg set wgt fwmark 7
              $who down wgt; echo "== $who saved by down"; ls -A /etc/wireguard; cat /etc/wireguard/wgt.conf; echo "== $who and on"
              $who up wgt; echo "== $who again"; state; echo "== end"
              $who down wgt
            done
            """);
        Assert.StartsWith("600\n", result.Part("ours saved").TrimStart());
        Assert.Equal(PeersInOrder(WithoutLinkLocal(result.Part("real saved"))), PeersInOrder(result.Part("ours saved")));
        Assert.Equal(
            PeersInOrder(WithoutLinkLocal(result.Part("real saved by down"))), PeersInOrder(result.Part("ours saved by down")));
        Assert.Equal(result.Part("real again"), result.Part("ours again"));
    }

    [Fact]
    public void Strip_prints_the_same()
    {
        var result = Sandbox.Run("""
            printf '# top\n\n[interface] # x\n  PrivateKey = %s  # secret\n\tADDRESS= 10.0.0.1\nDns=1.1.1.1\nFoo = bar\n[Peer]\nAddress = 1.2.3.4\nPublicKey=%s' "$KEY" "$PEER" | conf wgt
            echo "== real"; real strip wgt
            echo "== ours"; ours strip wgt
            """);
        Assert.Contains("Foo = bar", result.Part("ours"));
        Assert.Equal(result.Part("real"), result.Part("ours"));
    }

    [Fact]
    public void Errors_begin_with_the_same_line()
    {
        var result = Sandbox.Run("""
            mkdir /run/work; cd /run/work; mkdir open; chmod 777 open
            printf '[Interface]\nSaveConfig = maybe\n' | tee open/bb.conf > /etc/wireguard/bb.conf
            ip link add wgd type bridge; printf '[Interface]\nPrivateKey = %s\n' "$KEY" | conf wgd
            cp /etc/wireguard/wgd.conf ./name-that-is-too-long.conf
            for who in real ours; do
              for words in "" "up" "up a b" "help" "-h" "--help x" "frob wg0" "up nope" "up wgt.conf" "up /run/nope/wg0.conf" "down nope" "up wgd" "down wgd" \
                "save wgd" "up bb" "strip bb" "strip open/bb.conf" "up ./name-that-is-too-long.conf" "up ''"; do
                eval "$who $words" > /run/out 2> /run/err; echo "$words: $?" >> /run/$who.log
                cat /run/out >> /run/$who.log; grep -v '^Hint: ' /run/err >> /run/$who.log
              done
              echo "== $who"; cat /run/$who.log
            done
            """);
        Assert.Equal(result.Part("real"), result.Part("ours"));
    }

    // wireguard-go lists its peers in any order.
    private static IEnumerable<string> PeersInOrder(string text)
    {
        var peers = text.TrimEnd().Split("\n[Peer]\n");
        return peers.Select(static section => string.Join('\n', section.Split('\n').Where(static line => line.Length > 0))).Order();
    }

    private static string WithoutLinkLocal(string text)
    {
        var kept = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith("Address = fe80:", System.StringComparison.Ordinal))
                kept.Add(line);
        }

        return string.Join('\n', kept);
    }
}
