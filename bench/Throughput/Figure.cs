using System.Collections.Generic;

namespace Warren.Bench.Throughput;

/// <summary>Something that is measured.</summary>
/// <param name="Key">Its name in the JSON.</param>
/// <param name="Title">Its name in the table, with the unit.</param>
/// <param name="LessIsBetter">Which way is better.</param>
/// <param name="Digits">Decimals in the table.</param>
internal sealed record Figure(string Key, string Title, bool LessIsBetter, int Digits)
{
    public static readonly Figure Tcp1 = new("tcp1_mbit", "TCP, 1 stream, Mbit/s", false, 0);
    public static readonly Figure Tcp1Reverse = new("tcp1_reverse_mbit", "TCP, 1 stream, other way, Mbit/s", false, 0);
    public static readonly Figure Tcp4 = new("tcp4_mbit", "TCP, 4 streams, Mbit/s", false, 0);
    public static readonly Figure Tcp4Reverse = new("tcp4_reverse_mbit", "TCP, 4 streams, other way, Mbit/s", false, 0);
    public static readonly Figure Retransmits = new("tcp1_retransmits", "TCP, 1 stream, segments sent again", true, 0);
    public static readonly Figure Processor = new("tcp1_cpu_s_per_gb", "CPU of both engines, TCP 1, s/GB", true, 2);
    public static readonly Figure ProcessorSender = new("tcp1_cpu_sender_s_per_gb", "  of the sending end, s/GB", true, 2);
    public static readonly Figure ProcessorReceiver = new("tcp1_cpu_receiver_s_per_gb", "  of the receiving end, s/GB", true, 2);
    public static readonly Figure Udp64 = new("udp64_kpps", "UDP 64 B at <= 1 % loss, 1,000/s", false, 1);
    public static readonly Figure Udp64Processor = new("udp64_cpu_us", "CPU of both engines, UDP 64 B, us/packet", true, 2);
    public static readonly Figure Udp1372 = new("udp1372_kpps", "UDP 1,372 B at <= 1 % loss, 1,000/s", false, 1);
    public static readonly Figure Reordered = new("udp_reordered", "UDP, datagrams out of order", true, 0);
    public static readonly Figure IdleMedian = new("rtt_idle_p50_us", "round trip, idle, p50, us", true, 0);
    public static readonly Figure IdleTail = new("rtt_idle_p99_us", "round trip, idle, p99, us", true, 0);
    public static readonly Figure LoadedMedian = new("rtt_loaded_p50_us", "round trip under TCP, p50, us", true, 0);
    public static readonly Figure LoadedTail = new("rtt_loaded_p99_us", "round trip under TCP, p99, us", true, 0);
    public static readonly Figure ResidentIdle = new("rss_idle_mib", "resident, idle, MiB", true, 1);
    public static readonly Figure ResidentPeak = new("rss_peak_mib", "resident, most under load, MiB", true, 1);
    public static readonly Figure ResidentAfter = new("rss_after_mib", "resident, after load, MiB", true, 1);
    public static readonly Figure IdleProcessor = new("idle_cpu_percent", "CPU of an idle engine, % of a core", true, 3);
    public static readonly Figure Peers1 = new("peers1_ms", "1 peer applied, ms", true, 1);
    public static readonly Figure Peers1000 = new("peers1000_ms", "1,000 peers applied, ms", true, 0);
    public static readonly Figure Peers10000 = new("peers10000_ms", "10,000 peers applied, ms", true, 0);
    public static readonly Figure PeersResident = new("peers10000_rss_mib", "resident with 10,000 peers, MiB", true, 1);
    public static readonly Figure Handshakes = new("handshakes_per_s", "handshakes answered, 64 at once, 1/s", false, 0);
    public static readonly Figure HandshakeMedian = new("handshake_p50_us", "  p50 of an answer, us", true, 0);
    public static readonly Figure HandshakeAlone = new("handshake_alone_p50_us", "handshake answered, 1 at once, p50, us", true, 0);
    public static readonly Figure Cookies = new("handshake_cookies", "  cookies sent instead", true, 0);

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        Tcp1, Tcp1Reverse, Tcp4, Tcp4Reverse, Retransmits, Processor, ProcessorSender, ProcessorReceiver, Udp64, Udp64Processor, Udp1372, Reordered,
        IdleMedian, IdleTail, LoadedMedian, LoadedTail, ResidentIdle, ResidentPeak, ResidentAfter, IdleProcessor, Peers1, Peers1000, Peers10000,
        PeersResident, Handshakes, HandshakeMedian, HandshakeAlone, Cookies,
    ];
}
