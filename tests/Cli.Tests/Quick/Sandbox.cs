using System;
using System.Diagnostics;
using System.IO;

namespace Warren.Cli.Tests.Quick;

/// <summary>
/// A bash script in network, mount and process namespaces of its own, with an empty /run, /etc/wireguard and /etc/resolv.conf.
/// Everything it starts is gone with it. Needs root.
/// </summary>
internal static class Sandbox
{
    // state: what the kernel holds, without what differs from boot to boot (indices, lifetimes, random link-local addresses).
    // as: "real" is Debian's wg-quick, "ours" is warren under that name; both with wireguard-go behind them unless said otherwise.
    private const string Prelude = """
        set -u
        export LC_ALL=C DOTNET_EnableDiagnostics=0
        mount --make-rprivate /
        mount -t tmpfs none /run; mount -t tmpfs none /etc/wireguard
        chmod 700 /etc/wireguard
        : > /run/resolv.conf; mount --bind /run/resolv.conf "$(readlink -f /etc/resolv.conf)"
        mkdir /run/ours /run/fake
        ln -s "$WARREN" /run/ours/wg-quick; ln -s "$WARREN" /run/ours/warren
        ip link set lo up
        ip link add up0 type veth peer name up1; ip link set up1 up; ip address add 192.0.2.2/24 dev up0; ip -6 address add 2001:db8::2/64 dev up0 nodad
        ip link set up0 up
        for i in $(seq 100); do ip link show up0 | grep -q LOWER_UP && break; sleep 0.02; done # else a later look may differ by the carrier alone
        ip route add default via 192.0.2.1; ip -6 route add default via 2001:db8::1
        export PATH=/run/fake:$PATH
        export WG_QUICK_USERSPACE_IMPLEMENTATION=quiet-go
        printf '#!/bin/sh\nexec wireguard-go "$@" >/dev/null 2>&1\n' > /run/fake/quiet-go; chmod +x /run/fake/quiet-go
        real() { /usr/bin/wg-quick "$@"; }
        ours() { /run/ours/wg-quick "$@"; }
        state() {
          ip -j address | jq -S '[.[] | del(.ifindex, .qdisc, .txqlen) | .addr_info |= map(select(.scope != "link"))]'
          for family in -4 -6; do
            ip -j $family route show table all | jq -S '[.[] | select((.dst | startswith("fe80") or startswith("ff00")) | not)] | sort_by(.table, .dst, .dev)'
            ip -j $family rule | jq -S .
          done
          nft list ruleset | grep -v fe80 | sed 's/^table ip6 /table ip /' | sort
          sysctl net.ipv4.conf.all.src_valid_mark
          wg show all dump | cut -f 2 --complement | sort # wireguard-go lists its peers in any order
          find /run/wireguard -name '*.sock' 2>/dev/null
        }
        fake() { printf '#!/bin/bash\n%s\n' "$2" > "/run/fake/$1"; chmod +x "/run/fake/$1"; }
        conf() { cat > "/etc/wireguard/$1.conf"; chmod 600 "/etc/wireguard/$1.conf"; }
        KEY='yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk='; PEER='xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg='

        """;

    /// <summary>Runs <paramref name="script"/> behind the prelude.</summary>
    public static Result Run(string script)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        var start = new ProcessStartInfo(
            "unshare",
            ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", Prelude + script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["WARREN"] = Program },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>The program under test, beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "warren");

    /// <summary>What a script left behind.</summary>
    internal sealed record Result(int Code, string Output, string Error)
    {
        /// <summary>The part of the output between the line "== NAME" and the next such line.</summary>
        public string Part(string name)
        {
            var heading = $"== {name}\n";
            var start = Output.IndexOf(heading, StringComparison.Ordinal);
            Assert.True(start >= 0, $"no part {name}\n{Output}\n{Error}");
            start += heading.Length;
            var end = Output.IndexOf("\n== ", start - 1, StringComparison.Ordinal);
            return end < start ? end < 0 ? Output[start..] : "" : Output[start..(end + 1)];
        }
    }
}
