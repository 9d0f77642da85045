using System;

namespace Warren.Cli.Tests.Quick;

/// <summary>Whatever fails, and wherever a signal comes: the host is as it was.</summary>
[Trait("Category", "Root")]
public sealed class UndoTests
{
    private const string Resolvconf = "fake resolvconf 'if [ $1 = -a ]; then cat > /run/dns; else rm -f /run/dns; fi'";

    private const string Configuration = """
        tunnel() {
          echo "[Interface]
        PrivateKey = $KEY
        ListenPort = 51820
        Address = 10.9.0.2/24, fd00:9::2/64
        DNS = 10.9.0.1
        $1
        [Peer]
        PublicKey = $PEER
        AllowedIPs = 0.0.0.0/0, ::/0, 172.16.5.0/28
        Endpoint = ${2:-192.0.2.1:51820}" | conf wgt
        }

        """;

    [Theory]
    [InlineData("the first hook", "tunnel 'PreUp = exit 3'", 3, "")]
    [InlineData("a command inside a hook", "tunnel 'PreUp = false; true'", 1, "")]
    [InlineData("the last hook", "tunnel 'PostUp = exit 4'", 4, "")]
    [InlineData("the second of three hooks", "tunnel $'PostUp = true\nPostUp = kill -9 $$\nPostUp = touch /run/wireguard/third.sock'", 137, "")]
    [InlineData("an address twice", "tunnel 'Address = 10.9.0.2/24'", 2, "ddress already assigned")]
    [InlineData("an MTU that the device refuses", "tunnel 'MTU = 65535'; fake quiet-go 'ip link add $1 type bridge'", 1, "")]
    [InlineData("a route that is there", "ip route add 172.16.5.0/28 dev up0; tunnel ''", 2, "RTNETLINK answers: File exists")]
    [InlineData("dns", "tunnel ''; fake resolvconf 'exit 7'", 7, "")]
    [InlineData("the implementation", "tunnel ''; fake quiet-go 'exit 9'", 9, "")]
    [InlineData("the implementation after it made a link", "tunnel ''; fake quiet-go 'ip link add $1 type bridge; exit 9'", 9, "")]
    [InlineData("an implementation that is not there", "tunnel ''; export WG_QUICK_USERSPACE_IMPLEMENTATION=nothing-here", 2, "WG_QUICK_USERSPACE_IMPLEMENTATION names, is not a program")]
    [InlineData("a name that does not resolve", "tunnel '' no.such.host.invalid:51820; export WG_ENDPOINT_RESOLUTION_RETRIES=0", 1, "no.such.host.invalid")]
    public void A_failure_takes_everything_back(string what, string setup, int code, string says)
    {
        var result = Sandbox.Run($$"""
            {{Configuration}}
            {{Resolvconf}}
            {{setup}}
            echo "== before"; state; ls /run/dns 2>&1
            ours up wgt; rc=$?; echo "== rc"; echo $rc
            for i in $(seq 50); do [ -e /run/wireguard/wgt.sock ] || break; sleep 0.1; done
            echo "== after"; state; ls /run/dns 2>&1
            """);
        Assert.Equal($"{code}\n", result.Part("rc"));
        Assert.Equal(result.Part("before"), result.Part("after"));
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_in_the_middle_takes_everything_back(string signal, int code)
    {
        var result = Sandbox.Run($$"""
            {{Configuration}}
            {{Resolvconf}}
            tunnel $'PostUp = touch /run/ready; read -r line < /run/go\nPostUp = touch /run/second'
            mkfifo /run/go
            echo "== before"; state
            set -m
            /run/ours/wg-quick up wgt & pid=$!
            for i in $(seq 200); do [ -e /run/ready ] && break; sleep 0.05; done
            echo "== middle"; ip -o link show wgt | wc -l; ls /run/dns
            kill -{{signal}} $pid; sleep 0.2; timeout 5 bash -c 'echo > /run/go'
            wait $pid; rc=$?; echo "== rc"; echo $rc
            for i in $(seq 50); do [ -e /run/wireguard/wgt.sock ] || break; sleep 0.1; done
            echo "== after"; state; ls /run/second /run/dns 2>/dev/null
            """);
        Assert.Equal("1\n/run/dns\n", result.Part("middle"));
        Assert.Equal($"{code}\n", result.Part("rc"));
        Assert.Equal(result.Part("before"), result.Part("after"));
    }

    [Fact]
    public void A_signal_to_the_whole_group_ends_the_hook_and_takes_everything_back()
    {
        var result = Sandbox.Run($$"""
            {{Configuration}}
            {{Resolvconf}}
            tunnel 'PostUp = touch /run/ready; sleep 1000'
            echo "== before"; state
            set -m
            /run/ours/wg-quick up wgt & pid=$!
            for i in $(seq 200); do [ -e /run/ready ] && break; sleep 0.05; done
            kill -INT -- -$pid
            wait $pid; rc=$?; echo "== rc"; echo $rc
            for i in $(seq 50); do [ -e /run/wireguard/wgt.sock ] || break; sleep 0.1; done
            echo "== after"; state
            """);
        Assert.Equal("130\n", result.Part("rc"));
        Assert.Equal(result.Part("before"), result.Part("after"));
    }

    [Theory]
    [InlineData("Frob = 1", "Line unrecognized: `Frob=1'")]
    [InlineData("Endpoint = 107.100.10.10", "Unable to find port of endpoint: `107.100.10.10'")]
    [InlineData("PublicKey = short", "Key is not the correct length or format: `short'")]
    public void What_is_wrong_in_the_file_is_found_before_anything_is_touched(string line, string says)
    {
        var result = Sandbox.Run($$"""
            printf '[Interface]\nPrivateKey = %s\nPreUp = touch /run/ran\n[Peer]\nPublicKey = %s\n%s\n' "$KEY" "$PEER" '{{line}}' | conf wgt
            ours up wgt; echo "rc $?"; ls /run/ran 2>/dev/null; ip link show wgt 2>/dev/null
            """);
        Assert.Equal("rc 1\n", result.Output);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Contains("/etc/wireguard/wgt.conf:6", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("[#]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_goes_while_we_work_gets_one_line()
    {
        var result = Sandbox.Run("""
            printf '[Interface]\nPrivateKey = %s\nPreDown = ip link delete %%i; while [ -e /run/wireguard/%%i.sock ]; do sleep 0.05; done\n' "$KEY" | conf wgt
            ours up wgt; ours down wgt; echo "rc $?"
            """);
        Assert.Equal("rc 1\n", result.Output);
        Assert.Contains("Unable to access interface: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_at_once_leave_one_tunnel_up()
    {
        var result = Sandbox.Run("""
            unset WG_QUICK_USERSPACE_IMPLEMENTATION
            printf '[Interface]\nPrivateKey = %s\n' "$KEY" | conf wgt
            for round in 1 2 3; do
              ours up wgt 2>/run/first & first=$!; ours up wgt 2>/run/second & second=$!
              wait $first; a=$?; wait $second; b=$?
              echo "$(( (a == 0) + (b == 0) ))" # the slower one ends with 1, or with ip's 2, depending on how far it came
              ours down wgt; echo "down $?"
            done
            """);
        Assert.Equal(string.Concat(System.Linq.Enumerable.Repeat("1\ndown 0\n", 3)), result.Output);
    }

    [Fact]
    public void A_second_ctrl_c_ends_the_wait_for_a_device_that_never_answers()
    {
        var result = Sandbox.Run("""
            printf '[Interface]\nPrivateKey = %s\n' "$KEY" | conf wgt
            unset WG_QUICK_USERSPACE_IMPLEMENTATION
            ours up wgt; engine=$(pgrep -f "[e]ngine --foreground .*wgt"); kill -STOP $engine
            set -m; /run/ours/wg-quick down wgt & pid=$!
            sleep 1; kill -INT $pid; sleep 1.5; kill -0 $pid && echo "waits"; kill -INT $pid
            wait $pid; echo "rc $?"
            kill -CONT $engine; ours down wgt; echo "rc $?"
            """);
        Assert.Equal("waits\nrc 130\nrc 0\n", result.Output);
    }

    [Theory]
    [InlineData("quiet-go", "Hint: there is no /dev/net/tun: ")]
    [InlineData("", "/dev/net/tun is missing: ")]
    public void Without_a_tun_device_one_line_says_how_to_get_one(string engine, string says)
    {
        var result = Sandbox.Run($$"""
            export WG_QUICK_USERSPACE_IMPLEMENTATION={{engine}}
            printf '[Interface]\nPrivateKey = %s\n' "$KEY" | conf wgt
            mount -t tmpfs none /dev/net
            ours up wgt; echo "rc $?"; ip link show wgt 2>/dev/null
            """);
        Assert.DoesNotContain("rc 0", result.Output);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n'), static line => line.Contains("modprobe tun", StringComparison.Ordinal));
    }

    [Fact]
    public void Others_than_root_are_sent_through_sudo()
    {
        var result = Sandbox.Run("""
            fake sudo 'printf "[%s]" "$@"; exit 5'
            chmod 755 /run/fake /run
            PATH=/run/fake:/run/ours:$PATH setpriv --reuid 65534 --clear-groups wg-quick strip wg0; echo " rc $?"
            rm /run/fake/sudo
            PATH=/run/ours:/bin setpriv --reuid 65534 --clear-groups wg-quick strip wg0; echo "rc $?"
            """);
        Assert.Equal(
            "[-p][wg-quick must be run as root. Please enter the password for %u to continue: ][--][/run/ours/wg-quick][strip][wg0] rc 5\nrc 1\n",
            result.Output);
    }
}
