using System.Linq;
using System.Threading.Tasks;
using Warren.Linux;
using Warren.Linux.Tun;
using Warren.Linux.Udp;
using Warren.Protocol;

namespace Warren.Engine.Tests.Live;

/// <summary>Everything arrives without the offloads, too, whether the kernel refuses them when the device starts or in mid flow.</summary>
[Trait("Category", "Root")]
public sealed class FallBackTests
{
    private const TunOffloads NoUdp = TunOffloads.Udp;
    private const TunOffloads NoTcp = TunOffloads.Tcp | TunOffloads.Udp;
    private const TunOffloads HeaderOnly = TunOffloads.Checksum | TunOffloads.Tcp | TunOffloads.Udp;
    private const int StreamBytes = 3 << 20;

    public static MatrixTheoryData<int, bool> Refused => new(Enumerable.Range(0, Sides.Length), [false, true]);

    private static readonly (TunnelPair.Refusals Left, TunnelPair.Refusals Right)[] Sides =
    [
        (default, default),
        (new(NoUdp, UdpOffloads.None), default),
        (new(NoTcp, UdpOffloads.None), new(NoTcp, UdpOffloads.None)),
        (new(HeaderOnly, UdpOffloads.None), new(HeaderOnly, UdpOffloads.None)),
        (new(TunOffloads.All, UdpOffloads.None), default),
        (new(TunOffloads.None, UdpOffloads.All), new(TunOffloads.None, UdpOffloads.All)),
        (new(TunOffloads.None, UdpOffloads.Segmentation), new(TunOffloads.None, UdpOffloads.Receive)),
        (new(NoUdp, UdpOffloads.Receive), new(HeaderOnly, UdpOffloads.Segmentation)),
        (new(TunOffloads.All, UdpOffloads.All), new(TunOffloads.All, UdpOffloads.All)),
        (new(TunOffloads.All, UdpOffloads.All), default),
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_refused_at_start_is_done_without(int sides, bool outerIPv6)
    {
        using var pair = new TunnelPair(outerIPv6, Sides[sides].Left, Sides[sides].Right);
        foreach (var ipv6 in new[] { false, true })
        {
            await pair.Stream(ipv6, StreamBytes);
            Assert.Equal(0, pair.Datagrams(ipv6, 40));
        }

        Assert.Empty(pair.Drops);
    }

    [Theory]
    [InlineData(Errno.EIO)]
    [InlineData(Errno.EINVAL)]
    [InlineData(Errno.EMSGSIZE)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.EAGAIN)]
    public async Task What_the_socket_refuses_in_mid_flow_is_sent_apart_or_counted(Errno error)
    {
        using var pair = new TunnelPair();
        var socket = pair.A.Device.Port!.IPv4(0)!;
        var faults = socket.SendFaults = new FaultPlan();

        // What is missing is what was counted, datagram by datagram.
        var lost = 0;
        var given = await TunnelPair.While(() => Inject(faults, error, 8), () => Task.Run(() => lost = pair.Datagrams(ipv6: true, 60, DropReason.SendFailed)));
        Assert.InRange(lost, 0, given);
        given += await TunnelPair.While(() => Inject(faults, error, 8), () => pair.Stream(ipv6: false, StreamBytes));
        Assert.InRange(pair.Lost(DropReason.SendFailed), lost, given);
        Assert.InRange(given, 2, int.MaxValue);

        // For good, or for a while: the socket is as good as new.
        Assert.Equal(error == Errno.EIO ? UdpOffloads.Receive : UdpOffloads.All, socket.Offloads);
        await pair.Stream(ipv6: true, StreamBytes);
        Assert.Equal(0, pair.Datagrams(ipv6: false, 40));
        Assert.DoesNotContain(pair.Drops, static drop => drop.Reason != DropReason.SendFailed);
    }

    [Theory]
    [InlineData(Errno.EINVAL)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.EIO)]
    [InlineData(Errno.EAGAIN)]
    public async Task What_the_tun_refuses_in_mid_flow_is_written_apart_or_counted(Errno error)
    {
        using var pair = new TunnelPair();
        var reason = error == Errno.EIO ? DropReason.DeviceDown : DropReason.TunWriteFailed;
        var faults = pair.B.Tun[0].WriteFaults = new FaultPlan();
        var lost = 0;
        var given = await TunnelPair.While(() => Inject(faults, error, 8), () => Task.Run(() => lost = pair.Datagrams(ipv6: false, 60, reason)));
        Assert.InRange(lost, 0, given);
        given += await TunnelPair.While(() => Inject(faults, error, 64), () => pair.Stream(ipv6: true, StreamBytes));
        Assert.InRange(pair.Lost(reason), lost, given);
        Assert.InRange(given, 2, int.MaxValue);
        await pair.Stream(ipv6: false, StreamBytes);
        Assert.Equal(0, pair.Datagrams(ipv6: true, 40));
        Assert.DoesNotContain(pair.Drops, drop => drop.Reason != reason);
    }

    [Theory]
    [InlineData(1280, 1280, false)]
    [InlineData(1280, 1500, true)]
    [InlineData(1420, 1300, false)]
    [InlineData(1420, 1300, true)]
    [InlineData(9000, 1500, false)]
    [InlineData(9000, 1500, true)]
    [InlineData(9000, 9100, false)]
    public async Task Datagrams_that_fit_the_way_or_not_arrive(int mtu, int wire, bool outerIPv6)
    {
        using var pair = new TunnelPair(outerIPv6, mtu: mtu);
        pair.Left.Run($"ip link set wire mtu {wire}");
        pair.Right.Run($"ip link set wire mtu {wire}");
        foreach (var ipv6 in new[] { false, true })
        {
            await pair.Stream(ipv6, StreamBytes);
            Assert.Equal(0, pair.Datagrams(ipv6, 40));
        }

        Assert.Empty(pair.Drops);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_largest_tunnel_there_is_carries_what_a_datagram_holds(bool outerIPv6)
    {
        using var pair = new TunnelPair(outerIPv6, mtu: 65535);
        Assert.Equal(0, pair.Datagrams(ipv6: false, 30));
        Assert.Equal(0, pair.Datagrams(ipv6: true, 30));
        Assert.Empty(pair.Drops);
    }

    // One call of so many is refused: were it the first after every pause, no retransmission would ever pass.
    private static int Inject(FaultPlan faults, Errno error, int calls)
    {
        if (faults.Pending > 0)
            return 0;
        faults.Add([error, .. Enumerable.Repeat(Errno.None, calls - 1)]);
        return 1;
    }
}
