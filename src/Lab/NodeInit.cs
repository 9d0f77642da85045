namespace Warren.Lab;

/// <summary>The script that is a node's first process.</summary>
/// <remarks>
/// It is bash, not a program of ours: it reaps orphans, costs 3 MB and 5 ms a node, and is on every Debian. Its standard input is a pipe that
/// only the lab holds: when the lab ends, however it ends, <c>read</c> returns, PID 1 of the namespace exits, and the kernel kills
/// what is left and frees namespaces and links.
/// </remarks>
internal static class NodeInit
{
    /// <summary>Printed once the node is ready.</summary>
    public const string Ready = "node ready";

    /// <summary>
    /// $1 is the node's name. /etc and /var/lib are overlays, so that files a program adds beside the private ones
    /// stay in the node too, and nothing has to exist on the host to be mounted over.
    /// </summary>
    public const string Script = """
        set -eu
        hostname "$1"
        mount -t tmpfs -o mode=0755 tmpfs /run
        mkdir -p /run/tmp
        for dir in /etc /var/lib; do
            mkdir -p "/run/.lab$dir/upper" "/run/.lab$dir/work"
            mount -t overlay -o "lowerdir=$dir,upperdir=/run/.lab$dir/upper,workdir=/run/.lab$dir/work" overlay "$dir"
        done
        mount -t sysfs sysfs /sys
        rm -rf /etc/wireguard /etc/warren /var/lib/warren
        mkdir -m 0700 /etc/wireguard
        rm -f /etc/hosts /etc/resolv.conf
        printf '127.0.0.1 localhost %s\n::1 localhost\n' "$1" > /etc/hosts
        printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' > /etc/resolv.conf
        # Addresses are the topology's own: no waiting for duplicates that cannot be, no addresses from advertisements.
        for scope in all default; do
            echo 0 > "/proc/sys/net/ipv6/conf/$scope/accept_dad"
            echo 0 > "/proc/sys/net/ipv6/conf/$scope/accept_ra"
        done
        ip link set lo up
        echo 'node ready'
        while read -r _; do :; done
        """;
}
