using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Warren.Bench.Throughput.Load;
using Warren.Lab;
using Warren.Lab.Processes;

namespace Warren.Bench.Throughput;

/// <summary>Two nodes on a cable, and between them a tunnel of one contender, both ends on this machine; or the cable alone.</summary>
//
//  left 10.0.0.1 ────── 10.0.0.2 right
//  wg0  10.9.0.1        10.9.0.2
//
internal sealed class Rig : IDisposable
{
    public const string Interface = "wg0";
    public const int Port = 51820;
    private const double Mebibyte = 1 << 20;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly LiveTopology _lab;
    private readonly List<LabProcess> _started = [];
    private readonly Contender _contender;

    public Rig(Contender contender, bool mtuSized)
    {
        _contender = contender;
        var topology = new Topology();
        var left = topology.Node("left").On("cable", "10.0.0.1/24");
        var right = topology.Node("right").On("cable", "10.0.0.2/24");
        if (mtuSized)
        {
            left.WithoutOffload();
            right.WithoutOffload();
        }

        _lab = topology.Start();
        try
        {
            if (!contender.IsCable)
                Connect();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Node Left => _lab["left"];

    public Node Right => _lab["right"];

    /// <summary>The address of the right node by the way that is measured.</summary>
    public string Target => _contender.IsCable ? "10.0.0.2" : "10.9.0.2";

    /// <summary>The engine of the right node, to be called by others.</summary>
    public HandshakeTarget HandshakeTarget => new("10.0.0.2", Port, Right.Run("wg", "show", Interface, "public-key").OrThrow().Output.Trim());

    /// <summary>The engines, left and right; none on the cable.</summary>
    public IReadOnlyList<NodeProcess> Engines { get; private set; } = [];

    /// <summary>Resident memory of the larger engine, MiB.</summary>
    public double Resident => Engines.Max(engine => engine.ResidentBytes) / Mebibyte;

    /// <summary>The most that the larger engine ever held, MiB (VmHWM of proc(5)).</summary>
    public double ResidentPeak => Engines.Max(engine => File.ReadLines($"/proc/{engine.HostId}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single());

    /// <summary>Processor time of each engine so far, s.</summary>
    public double[] ProcessorTimes() => [.. Engines.Select(engine => engine.ProcessorTime.TotalSeconds)];

    public void Dispose()
    {
        foreach (var process in _started)
            process.Dispose();
        _lab.Dispose();
    }

    private void Connect()
    {
        foreach (var node in _lab.Nodes)
        {
            var process = node.Start(_contender.CommandFor(Interface));
            _started.Add(process);
            var ended = false;
            Poll.WaitUntil($"{_contender.Name} answers", () => (ended = process.HasExited) || node.Run("wg", "show", Interface).Succeeded, Bound, () => process.Error);
            if (ended)
                throw new LabException($"{_contender.Name} ended at once, though it is to stay in the foreground: {process.Error.Trim()}");
        }

        var keys = _lab.Nodes.ToDictionary(n => n.Name, n => n.Shell("umask 077; wg genkey | tee /run/key | wg pubkey").Trim());
        Configure(Left, keys["right"], 1, 2);
        Configure(Right, keys["left"], 2, 1);
        Left.WaitReach(Target, Bound);
        Engines = [.. _lab.Nodes.Select(node => PeerLoad.EngineOf(node, Interface))];
    }

    private static void Configure(Node node, string peer, int own, int other) => node.Shell($"""
        wg set {Interface} listen-port {Port} private-key /run/key peer {peer} allowed-ips 10.9.0.{other}/32 endpoint 10.0.0.{other}:{Port}
        ip address add 10.9.0.{own}/24 dev {Interface}
        ip link set {Interface} mtu 1420 up
        """);
}
