using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Warren.Bench.Throughput.Load;
using Warren.Lab;
using Warren.Lab.Traffic;

namespace Warren.Bench.Throughput;

/// <summary>One round of one contender: every part that is wanted, in an order in which none disturbs the next.</summary>
internal sealed class Measurement(BenchOptions options, Contender contender, Samples samples, Action<string> tell)
{
    private const double Gigabyte = 1e9;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public void Run(bool isFirstRound)
    {
        using var rig = new Rig(contender, options.MtuSized);
        if (!contender.IsCable && options.Wants("idle") && isFirstRound && options.Idle > TimeSpan.Zero)
            Idle(rig);
        if (!contender.IsCable && options.Wants("memory"))
            Add(Figure.ResidentIdle, rig.Resident);
        if (options.Wants("rtt"))
            RoundTrip(rig);
        if (options.Wants("tcp"))
            Tcp(rig);
        if (options.Wants("udp"))
            Udp(rig);
        if (!contender.IsCable && options.Wants("memory"))
        {
            Add(Figure.ResidentPeak, rig.ResidentPeak);
            Add(Figure.ResidentAfter, rig.Resident);
        }

        if (contender.IsCable)
            return;
        if (options.Wants("handshakes"))
            Handshakes(rig);
        if (options.Wants("peers"))
            Peers(rig);
    }

    private void Add(Figure figure, double value)
    {
        if (!double.IsFinite(value))
            throw new LabException($"{figure.Title}: nothing was carried");
        samples.Add(contender, figure, value);
    }

    private void Idle(Rig rig)
    {
        tell($"idle for {options.Idle.TotalSeconds:0} s");
        Thread.Sleep(TimeSpan.FromSeconds(1));
        var before = rig.ProcessorTimes();
        Thread.Sleep(options.Idle);
        var used = rig.ProcessorTimes().Zip(before, (after, from) => after - from).Max();
        Add(Figure.IdleProcessor, 100 * used / options.Idle.TotalSeconds);
    }

    private void RoundTrip(Rig rig)
    {
        tell("round trips");
        var count = options.Quick ? 20 : 300;
        var idle = Microseconds(rig.Left.Ping(rig.Target, count, "-i", "0.01"));
        Add(Figure.IdleMedian, Samples.Quantile(idle, 0.5));
        Add(Figure.IdleTail, Samples.Quantile(idle, 0.99));

        // It must outlast the echo requests, one each 10 ms from 0.7 s on; iperf3 would cut off a fraction.
        var duration = TimeSpan.FromSeconds(Math.Ceiling(1.5 + (count * 0.012)));
        var stream = Task.Run(() => rig.Left.Stream(rig.Right, rig.Target, duration));
        Thread.Sleep(TimeSpan.FromSeconds(0.7));
        var loaded = Microseconds(rig.Left.Ping(rig.Target, count, "-i", "0.01"));
        stream.GetAwaiter().GetResult();
        Add(Figure.LoadedMedian, Samples.Quantile(loaded, 0.5));
        Add(Figure.LoadedTail, Samples.Quantile(loaded, 0.99));
    }

    private static double[] Microseconds(PingResult result) =>
        result.Received > 0 ? [.. result.RoundTrips.Select(time => time.TotalMicroseconds)] : throw new LabException($"nothing was answered: {result.Text}");

    private void Tcp(Rig rig)
    {
        tell("TCP");
        if (!options.Quick)
            rig.Left.Stream(rig.Right, rig.Target, WarmUp);
        var before = rig.ProcessorTimes();
        var one = Stream(rig, Figure.Tcp1);
        var used = rig.ProcessorTimes().Zip(before, (after, from) => (after - from) / (one.Bytes / Gigabyte)).ToArray();
        Add(Figure.Retransmits, one.Retransmits);
        if (used.Length > 0)
        {
            Add(Figure.Processor, used.Sum());
            Add(Figure.ProcessorSender, used[0]);
            Add(Figure.ProcessorReceiver, used[1]);
        }

        Stream(rig, Figure.Tcp1Reverse, "-R");
        Stream(rig, Figure.Tcp4, "-P", "4");
        Stream(rig, Figure.Tcp4Reverse, "-P", "4", "-R");
    }

    private StreamResult Stream(Rig rig, Figure figure, params string[] words)
    {
        var result = rig.Left.Stream(rig.Right, rig.Target, options.Stream, words);
        Add(figure, result.BitsPerSecond / 1e6);
        return result;
    }

    private void Udp(Rig rig)
    {
        tell("UDP");
        var search = options.Quick ? new UdpLoadOptions { Trials = 2, AcceptedLoss = 1, Trial = TimeSpan.FromSeconds(0.2) } : new UdpLoadOptions();
        var small = UdpLoad.FindHighestRate(rig.Left, rig.Right, rig.Target, 64, search);
        Add(Figure.Udp64, small.ReceivedPerSecond / 1e3);
        if (!contender.IsCable)
        {
            // Once more at that rate, for what a packet costs.
            var before = rig.ProcessorTimes();
            var again = UdpLoad.Try(rig.Left, rig.Right, rig.Target, 64, small.OfferedPerSecond, search.Trial);
            var used = rig.ProcessorTimes().Zip(before, (after, from) => after - from).Sum();
            Add(Figure.Udp64Processor, used / (again.ReceivedPerSecond * search.Trial.TotalSeconds) * 1e6);
        }

        var large = UdpLoad.FindHighestRate(rig.Left, rig.Right, rig.Target, 1372, search);
        Add(Figure.Udp1372, large.ReceivedPerSecond / 1e3);
        Add(Figure.Reordered, small.Reordered + large.Reordered);
    }

    private void Handshakes(Rig rig)
    {
        tell("handshakes");
        var peers = options.Quick ? 100 : 1000;
        var duration = TimeSpan.FromSeconds(options.Quick ? 0.5 : 2);
        rig.Right.WriteFile("/run/handshake-peers.conf", HandshakePeers.Sections(peers));
        rig.Right.Run("wg", "addconf", Rig.Interface, "/run/handshake-peers.conf").OrThrow();
        var alone = HandshakeLoad.Measure(rig.Left, rig.HandshakeTarget, peers, 1, duration);
        Add(Figure.HandshakeAlone, alone.P50.TotalMicroseconds);
        var many = HandshakeLoad.Measure(rig.Left, rig.HandshakeTarget, peers, 64, duration);
        Add(Figure.Handshakes, many.AnsweredPerSecond);
        Add(Figure.HandshakeMedian, many.P50.TotalMicroseconds);
        Add(Figure.Cookies, many.Cookies);
        if (alone.Wrong + many.Wrong > 0)
            throw new LabException($"{contender.Name} answered {alone.Wrong + many.Wrong} handshakes wrongly");
    }

    private void Peers(Rig rig)
    {
        tell("peers");
        Add(Figure.Peers1, PeerLoad.Measure(rig.Right, Rig.Interface, 1).Applied.TotalMilliseconds);
        Add(Figure.Peers1000, PeerLoad.Measure(rig.Right, Rig.Interface, 1000).Applied.TotalMilliseconds);
        if (options.Quick)
            return;
        var many = PeerLoad.Measure(rig.Right, Rig.Interface, 10_000);
        Add(Figure.Peers10000, many.Applied.TotalMilliseconds);
        Add(Figure.PeersResident, many.ResidentBytesAfter / (double)(1 << 20));
    }
}
