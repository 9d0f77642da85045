using System;
using System.Linq;
using System.Text.Json;
using Warren.Linux.Events;
using Warren.Linux.Libc;
using Warren.Linux.Memory;
using Warren.Linux.Namespaces;
using Warren.Linux.Tun;

namespace Warren.Linux.Tests.Tun;

[Trait("Category", "Root")]
public sealed class TunDeviceTests
{
    [Fact]
    public void A_device_is_as_the_kernel_makes_its_own_tunnels() => Fresh.Network(() =>
    {
        using TunDevice device = TunDevice.Open("wgtest0");
        Assert.Equal("wgtest0", device.Name);
        Assert.Equal(1, device.QueueCount);
        Assert.Empty(device.Unset);
        using JsonDocument shown = JsonDocument.Parse(Fresh.Shell("ip -d -j link show wgtest0"));
        JsonElement link = shown.RootElement[0];
        Assert.Equal(device.Index, link.GetProperty("ifindex").GetInt32());
        Assert.Equal(1420, link.GetProperty("mtu").GetInt32());
        Assert.Equal(1000, link.GetProperty("txqlen").GetInt32());
        Assert.Equal("none", link.GetProperty("inet6_addr_gen_mode").GetString());
        Assert.Equal("tun", link.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        Assert.Equal("0", Fresh.Shell("cat /proc/sys/net/ipv4/conf/wgtest0/send_redirects").Trim());
        Assert.Equal("0", Fresh.Shell("cat /proc/sys/net/ipv4/conf/all/send_redirects").Trim());
    });

    [Fact]
    public void Packets_pass_both_ways_and_an_idle_device_is_silent() => Fresh.Network(() =>
    {
        using TunDevice device = TunDevice.Open("wgtest0");
        TunQueue queue = device[0];
        Assert.Equal(Errno.EIO, queue.Write(Ping(1)));
        Fresh.Shell("ip addr add 10.77.0.1/24 dev wgtest0; ip link set wgtest0 up");
        using var poller = new Poller();
        poller.Add(queue.Descriptor, 1);
        var events = new PollEvent[1];
        byte[] packet = new byte[2048];

        // Nothing comes by itself: no router solicitation, no multicast listener report.
        Assert.Equal(0, poller.Wait(events, TimeSpan.FromMilliseconds(1500)));
        Assert.False(queue.TryRead(packet, out _));

        Assert.Equal(Errno.None, queue.Write(Ping(7)));
        Assert.Equal(1, poller.Wait(events, TimeSpan.FromSeconds(5)));
        Assert.True(queue.TryRead(packet, out int length));
        Assert.Equal(28, length);
        Assert.Equal(0x45, packet[0]);
        Assert.Equal(0, packet[20]); // echo reply
        Assert.Equal([10, 77, 0, 2], packet[16..20]);
        Assert.Equal(Errno.EINVAL, queue.Write([0xff, 0, 0, 0]));

        long before = GC.GetAllocatedBytesForCurrentThread();
        Span<byte> ping = stackalloc byte[28];
        Ping(9).CopyTo(ping);
        long made = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            queue.Write(ping);
            while (!queue.TryRead(packet, out _)) poller.Wait(events, TimeSpan.FromSeconds(5));
        }

        Assert.True(made > 0);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    });

    [Fact]
    public void Several_queues_serve_one_device() => Fresh.Network(() =>
    {
        using TunDevice device = TunDevice.Open("wgtest0", queues: 3, mtu: 1280);
        Assert.Equal(3, device.QueueCount);
        Assert.Equal(3, Enumerable.Range(0, 3).Select(i => device[i].Descriptor).Distinct().Count());
        Assert.Contains("multi_queue", Fresh.Shell("ip -d link show wgtest0"), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(TunOffloads.None, TunOffloads.All)]
    [InlineData(TunOffloads.Udp, TunOffloads.VnetHeader | TunOffloads.Checksum | TunOffloads.Tcp)]
    [InlineData(TunOffloads.Tcp | TunOffloads.Udp, TunOffloads.VnetHeader | TunOffloads.Checksum)]
    [InlineData(TunOffloads.Checksum | TunOffloads.Tcp | TunOffloads.Udp, TunOffloads.VnetHeader)]
    [InlineData(TunOffloads.All, TunOffloads.None)]
    public void What_the_kernel_refuses_is_done_without(TunOffloads refused, TunOffloads left) => Fresh.Network(() =>
    {
        TunDevice.Refused = refused;
        using TunDevice device = TunDevice.Open("wgtest0", new TunOptions { Offloads = TunOffloads.All });
        Assert.Equal(left, device.Offloads);
        string features = Fresh.Shell("ethtool -k wgtest0");
        Assert.Contains($"tcp-segmentation-offload: {(left.HasFlag(TunOffloads.Tcp) ? "on" : "off")}", features, StringComparison.Ordinal);
        Assert.Contains($"tx-udp-segmentation: {(left.HasFlag(TunOffloads.Udp) ? "on" : "off")}", features, StringComparison.Ordinal);
    });

    [Fact]
    public void Packets_gathered_behind_their_header_pass_both_ways() => Fresh.Network(() =>
    {
        using TunDevice device = TunDevice.Open("wgtest0", new TunOptions { Offloads = TunOffloads.All });
        Fresh.Shell("ip addr add 10.77.0.1/24 dev wgtest0; ip link set wgtest0 up");
        using var header = new NativeBuffer(VirtioNetHeader.Size);
        using var packet = new NativeBuffer(100);
        using var pieces = new GatherList(3);
        Ping(7).CopyTo(packet.Span);
        Assert.True(pieces.TryAdd(header, 0, VirtioNetHeader.Size) && pieces.TryAdd(packet, 0, 20) && pieces.TryAdd(packet, 20, 8));
        Assert.Equal((2, 38), (pieces.Count, pieces.Length)); // Neighbours are one.
        Assert.Throws<ArgumentOutOfRangeException>(() => pieces.TryAdd(packet, 90, 11));
        device[0].WriteFaults = new FaultPlan();
        device[0].WriteFaults!.Add(Errno.ENOBUFS);
        Assert.Equal(Errno.ENOBUFS, device[0].Write(pieces));
        Assert.Equal(Errno.None, device[0].Write(pieces));
        using var poller = new Poller();
        poller.Add(device[0].Descriptor, 1);
        Assert.Equal(1, poller.Wait(new PollEvent[1], TimeSpan.FromSeconds(5)));
        byte[] answer = new byte[2048];
        Assert.True(device[0].TryRead(answer, out int length));
        Assert.Equal(VirtioNetHeader.Size + 28, length);
        Assert.Equal(VirtioSegmentation.None, VirtioNetHeader.Read(answer).Segmentation);
        Assert.Equal(0, answer[VirtioNetHeader.Size + 20]); // echo reply
    });

    [Fact]
    public void A_given_descriptor_keeps_its_header_and_is_asked_for_the_rest() => Fresh.Network(() =>
    {
        using TunDevice first = TunDevice.Open("wgtest0", new TunOptions { Offloads = TunOffloads.VnetHeader });
        using TunDevice second = TunDevice.FromDescriptor(Duplicate(first[0].Descriptor), TunOffloads.All);
        Assert.Equal(TunOffloads.All, second.Offloads);
        using TunDevice plain = TunDevice.Open("wgtest1");
        using TunDevice third = TunDevice.FromDescriptor(Duplicate(plain[0].Descriptor), TunOffloads.All);
        Assert.Equal(TunOffloads.None, third.Offloads);
    });

    [Fact]
    public void A_virtio_header_is_read_as_it_was_written()
    {
        var header = new VirtioNetHeader(true, VirtioSegmentation.Tcp6 | VirtioSegmentation.Ecn, 0x1234, 0x2345, 0x3456, 0x4567);
        byte[] bytes = new byte[VirtioNetHeader.Size];
        header.Write(bytes);
        Assert.Equal(header, VirtioNetHeader.Read(bytes));
        Assert.Equal(default, VirtioNetHeader.Read(new byte[VirtioNetHeader.Size]));
    }

    [Fact]
    public void A_name_of_sixteen_characters_is_too_long() => Fresh.Network(() =>
    {
        var error = Assert.Throws<LinuxException>(() => TunDevice.Open("abcdefghijklmnop"));
        Assert.Equal(Errno.ENAMETOOLONG, error.Errno);
        using TunDevice longest = TunDevice.Open("abcdefghijklmno");
        Assert.Equal("abcdefghijklmno", longest.Name);
    });

    [Theory]
    [InlineData("ip link add taken type bridge")]
    [InlineData("ip tuntap add taken mode tun")]
    [InlineData("ip tuntap add taken mode tap")]
    public void A_taken_name_is_EBUSY_whatever_took_it(string command) => Fresh.Network(() =>
    {
        Fresh.Shell(command);
        Assert.Equal(Errno.EBUSY, Assert.Throws<LinuxException>(() => TunDevice.Open("taken")).Errno);
    });

    [Fact]
    public void A_machine_without_the_clone_device_says_which_file_is_missing() =>
        NamespaceThread.RunInNew(NamespaceKinds.Network | NamespaceKinds.Mount, () =>
        {
            Mounts.MakePrivate();
            Mounts.Temporary("/dev/net");
            var error = Assert.Throws<LinuxException>(() => TunDevice.Open("wgtest0"));
            Assert.Equal("open /dev/net/tun: No such file or directory", error.Message);
        });

    [Fact]
    public void A_read_only_proc_is_survived_and_told() =>
        NamespaceThread.RunInNew(NamespaceKinds.Network | NamespaceKinds.Mount, () =>
        {
            Mounts.MakePrivate();
            Fresh.Shell("mount --bind /proc/sys /proc/sys && mount -o remount,ro,bind /proc/sys");
            using TunDevice device = TunDevice.Open("wgtest0");
            Assert.Equal(4, device.Unset.Count);
            Assert.Contains("addrgenmode none", Fresh.Shell("ip -d link show wgtest0"), StringComparison.Ordinal);
            Assert.Contains("net/ipv4/conf/wgtest0/send_redirects=0: Read-only file system", device.Unset);
        });

    [Fact]
    public void A_deleted_device_is_reported_by_poller_read_and_write() => Fresh.Network(() =>
    {
        using TunDevice device = TunDevice.Open("wgtest0");
        using var poller = new Poller();
        poller.Add(device[0].Descriptor, 1);
        Fresh.Shell("ip link delete wgtest0");
        var events = new PollEvent[1];
        Assert.Equal(1, poller.Wait(events, TimeSpan.FromSeconds(5)));
        Assert.True(events[0].Closed);
        byte[] packet = new byte[64];
        Assert.Equal(Errno.EBADFD, Assert.Throws<LinuxException>(() => device[0].TryRead(packet, out _)).Errno);
        Assert.Equal(Errno.EBADFD, device[0].Write(Ping(1)));
    });

    [Fact]
    public void Closing_removes_the_device() => Fresh.Network(() =>
    {
        TunDevice.Open("wgtest0").Dispose();
        Assert.DoesNotContain("wgtest0", Fresh.Shell("ip link"), StringComparison.Ordinal);
    });

    [Fact]
    public void A_given_descriptor_is_taken_over_and_anything_else_refused() => Fresh.Network(() =>
    {
        using TunDevice first = TunDevice.Open("wgtest0");
        int copy = Duplicate(first[0].Descriptor);
        using TunDevice second = TunDevice.FromDescriptor(copy);
        Assert.Equal("wgtest0", second.Name);
        Assert.Equal(first.Index, second.Index);
        using var signal = new EventSignal();
        var error = Assert.Throws<LinuxException>(() => TunDevice.FromDescriptor(Duplicate(signal.Descriptor)));
        Assert.True(error.Errno is Errno.ENOTTY or Errno.EINVAL, error.Message);
        Assert.Equal(Errno.EBADF, Assert.Throws<LinuxException>(() => TunDevice.FromDescriptor(9999)).Errno);
    });

    private static int Duplicate(int descriptor) => Fcntl.fcntl(descriptor, Fcntl.F_DUPFD_CLOEXEC, 0);

    /// <summary>An ICMP echo request from 10.77.0.2 to 10.77.0.1.</summary>
    private static byte[] Ping(byte sequence)
    {
        byte[] packet = new byte[28];
        packet[0] = 0x45;
        packet[3] = 28;
        packet[8] = 64;
        packet[9] = 1;
        new byte[] { 10, 77, 0, 2, 10, 77, 0, 1 }.CopyTo(packet, 12);
        packet[20] = 8;
        packet[27] = sequence;
        Checksum(packet.AsSpan(0, 20), 10);
        Checksum(packet.AsSpan(20), 2);
        return packet;
    }

    private static void Checksum(Span<byte> bytes, int at)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2) sum += (uint)((bytes[i] << 8) | bytes[i + 1]);
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
        bytes[at] = (byte)(~sum >> 8);
        bytes[at + 1] = (byte)~sum;
    }
}
