namespace Warren.Cli.Tests.Quick;

/// <summary>What is said while a tunnel comes and goes, with real devices: the goldens' own sequences.</summary>
[Trait("Category", "Root")]
public sealed class EchoTests
{
    private const string Resolvconf = "fake resolvconf 'if [ $1 = -a ]; then cat > /run/dns; else rm -f /run/dns; fi'\n";

    [Fact]
    public void A_full_tunnel_with_dns_and_hooks_says_what_wg_quick_says()
    {
        var result = Sandbox.Run(Resolvconf + """
            conf wgt <<E
            [interface]
            PrivateKey = $KEY  # secret
            Address = 10.9.0.2/24, fd00:9::2/64
            DNS = 10.9.0.1, fd00:9::1, corp.example
            PreUp = echo pre %i # kept comment
            PostUp = echo post %i
            PreDown = true
            PostDown = echo bye
            [Peer]
            # hub
            PublicKey = $PEER
            AllowedIPs = 0.0.0.0/0, ::/0, 172.16.5.0/28, 10.9.0.0/24
            Endpoint = 192.0.2.1:51820
            E
            ip link set up0 mtu 1492
            ours up wgt > /run/up 2>&1; echo "rc=$?" >> /run/up
            echo "== dns"; cat /run/dns
            ours down wgt > /run/down 2>&1; echo "rc=$?" >> /run/down
            echo "== up"; cat /run/up; echo "== down"; cat /run/down
            """);
        Assert.Equal(
            """
            [#] ip link add dev wgt type wireguard
            Error: Unknown device type.
            [!] Missing WireGuard kernel module. Falling back to slow userspace implementation.
            [#] quiet-go wgt
            [#] echo pre wgt # kept comment
            pre wgt
            [#] wg addconf wgt /dev/fd/63
            [#] ip -4 address add 10.9.0.2/24 dev wgt
            [#] ip -6 address add fd00:9::2/64 dev wgt
            [#] ip link set mtu 1412 up dev wgt
            [#] resolvconf -a wgt -m 0 -x
            [#] ip -4 route add 172.16.5.0/28 dev wgt
            [#] wg set wgt fwmark 51820
            [#] ip -6 rule add not fwmark 51820 table 51820
            [#] ip -6 rule add table main suppress_prefixlength 0
            [#] ip -6 route add ::/0 dev wgt table 51820
            [#] nft -f /dev/fd/63
            [#] ip -4 rule add not fwmark 51820 table 51820
            [#] ip -4 rule add table main suppress_prefixlength 0
            [#] ip -4 route add 0.0.0.0/0 dev wgt table 51820
            [#] sysctl -q net.ipv4.conf.all.src_valid_mark=1
            [#] nft -f /dev/fd/63
            [#] echo post wgt
            post wgt
            rc=0

            """,
            result.Part("up"));
        Assert.Equal("nameserver 10.9.0.1\nnameserver fd00:9::1\nsearch corp.example\n", result.Part("dns"));
        Assert.Equal(
            """
            [#] true
            [#] ip -4 rule delete table 51820
            [#] ip -4 rule delete table main suppress_prefixlength 0
            [#] ip -6 rule delete table 51820
            [#] ip -6 rule delete table main suppress_prefixlength 0
            [#] ip link delete dev wgt
            [#] resolvconf -d wgt -f
            [#] nft -f /dev/fd/63
            [#] echo bye
            bye
            rc=0

            """,
            result.Part("down"));
    }

    [Fact]
    public void Two_full_tunnels_come_and_go_without_each_others_rules()
    {
        var result = Sandbox.Run("""
            for name in wga wgb; do conf $name <<E
            [Interface]
            PrivateKey = $KEY
            Address = 10.${#name}.0.2/24, fd00:9::2/64
            [Peer]
            PublicKey = $PEER
            AllowedIPs = 0.0.0.0/0, ::/0
            E
            done
            sysctl -qw net.ipv4.conf.all.src_valid_mark=1
            echo "== none"; state
            ours up wgb; echo "== only b"; ip rule | cut -f2; ip -6 rule | cut -f2; wg show wgb fwmark; ours down wgb
            ours up wga; ours up wgb
            echo "== both"; ip rule; wg show all fwmark
            ours down wga
            echo "== b left"; ip rule | cut -f2; ip -6 rule | cut -f2; echo 0xca6c
            ours down wgb
            echo "== none again"; state
            """);
        Assert.Contains("51821", result.Part("both"));
        Assert.Equal(result.Part("only b"), result.Part("b left").Replace("0xca6d", "0xca6c").Replace("51821", "51820"));
        Assert.Equal(result.Part("none"), result.Part("none again"));
        Assert.Contains("rule delete pref 32764 table main suppress_prefixlength 0", result.Error);
    }

    [Fact]
    public void Without_anything_to_set_dns_the_tunnel_stays_and_says_so()
    {
        var result = Sandbox.Run("""
            printf '[Interface]\nPrivateKey = %s\nAddress = 10.9.0.2/24\nDNS = 10.9.0.1\n' "$KEY" | conf wgt
            PATH=/run/fake:/usr/bin:/bin:/usr/sbin:/sbin
            ours up wgt; echo "rc $?"; ip -4 -o address show dev wgt
            """);
        Assert.StartsWith("rc 0\n", result.Output);
        Assert.Contains("10.9.0.2/24", result.Output);
        Assert.Contains("[!] DNS is not set", result.Error);
    }

    [Fact]
    public void Without_a_kernel_module_our_own_engine_carries_the_tunnel_and_goes_with_it()
    {
        var result = Sandbox.Run("""
            unset WG_QUICK_USERSPACE_IMPLEMENTATION
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
            /run/ours/warren quick up wgt; rc=$?; echo "== up $rc"; wg show wgt allowed-ips
            /run/ours/warren quick up wgt; rc=$?; echo "== again $rc"
            /run/ours/warren quick down wgt; rc=$?; echo "== down $rc"; state
            """);
        Assert.Equal("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=\t0.0.0.0/0 ::/0\n", result.Part("up 0"));
        Assert.Equal("", result.Part("again 1"));
        Assert.Equal(result.Part("before"), result.Part("down 0"));
        Assert.Contains("[#] warren engine --daemon wgt\n", result.Error);
        Assert.Contains("warren quick: `wgt' already exists\nHint: take it down first: `warren quick down wgt'\n", result.Error);
    }

    [Fact]
    public void Hooks_run_as_wg_quick_runs_them()
    {
        var result = Sandbox.Run("""
            cat > /etc/wireguard/wgt.conf <<'E'
            [Interface]
            PostUp = echo "at $PWD, in $LC_ALL, for %i and %i; ${PATH%%:*};"
            PostUp = read -r line; echo "read: $line"
            PostUp = shopt -q extglob && [[ wgt == +([a-z]) ]] && wg show %i fwmark && false | true || echo "pipefail"
            PostUp = cat <(echo substituted)
            E
            chmod 600 /etc/wireguard/wgt.conf
            cd /run/fake
            for who in real ours; do
              echo "== $who"; echo typed | $who up wgt 2>/dev/null; echo "rc $?"; $who down wgt 2>/dev/null
            done
            """);
        Assert.Contains("substituted", result.Part("ours"));
        Assert.Equal(result.Part("real").Replace("and wgt; /usr/bin;", "and wgt; /run/ours;"), result.Part("ours"));
    }
}
