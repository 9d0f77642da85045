using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Warren.Protocol;

namespace Warren.Testing.Simulation;

/// <summary>
/// WireGuard devices on a hostile network in virtual time, from one seed. A run is a sequence of seasons: a storm (bad
/// weather, restarts, sleep, clocks that jump, NATs that rebind), a calm in which everything sent has to arrive once
/// the bound for recovery has passed, an idle time in which nothing may be sent. Watches check their properties all the
/// time; the first that does not hold ends the run.
/// </summary>
public sealed class Simulation : IDisposable
{
    // KeepaliveTimeout + RekeyTimeout until an end notices that its session is dead, RekeyTimeout since the initiation
    // before, once more when a cookie is asked for, jitter each time, and the first packets of both ends.
    private static readonly TimeSpan RecoveryBound = TimeSpan.FromSeconds(35);

    private static readonly string[] Names = ["restart", "rebind", "sleep", "cut off", "clock step", "weather"];

    private readonly ulong _seed;
    private readonly VirtualTime _time = new();
    private readonly SeededRandom _random;
    private readonly SimulatedNetwork _network;
    private readonly Topology _topology;
    private readonly Attacker _attacker;
    private readonly TraceWatch _trace;
    private readonly Eavesdropper _eavesdropper = new();
    private readonly HandshakeWatch _handshakes = new();
    private readonly RoamingWatch _roaming = new();
    private readonly DeliveryWatch _delivery;
    private readonly PunctualityWatch _punctuality;
    private int _season;

    public Simulation(ulong seed, TextWriter? log = null)
    {
        _seed = seed;
        _random = new SeededRandom(seed);
        _network = new SimulatedNetwork(_time, _random.Fork());
        (_trace, _delivery, _punctuality) = (new TraceWatch(_time, log), new DeliveryWatch(_time), new PunctualityWatch(_time));
        Watch[] watches = [_trace, _eavesdropper, _handshakes, new KeyWatch(), _delivery, _roaming, _punctuality];
        _topology = new Topology(_time, _network, _random, watches);
        _attacker = new Attacker(_time, _network, _random.Fork(), _topology.Nodes, _handshakes);
    }

    /// <summary>Runs for at least <paramref name="length"/>, to the end of a season.</summary>
    /// <param name="seed">All that is left to chance follows from it.</param>
    /// <param name="length">In virtual time.</param>
    /// <param name="log">Gets a line for each thing that happens.</param>
    /// <exception cref="SimulationException">A property did not hold; the message names the seed.</exception>
    public static SimulationReport Run(ulong seed, TimeSpan length, TextWriter? log = null)
    {
        using var simulation = new Simulation(seed, log);
        try
        {
            return simulation.Run(length);
        }
        catch (Exception failure)
        {
            throw new SimulationException(string.Create(
                CultureInfo.InvariantCulture,
                $"seed 0x{seed:X16} at {simulation._time.Now - Instant.Zero}: {failure.Message}"), failure);
        }
    }

    public void Dispose() => _topology.Dispose();

    private SimulationReport Run(TimeSpan length)
    {
        foreach (var node in _topology.Nodes)
            node.Boot();
        _attacker.Start();
        var isSound = false;
        while (_time.Now < Instant.Zero + length)
        {
            if (_random.Chance(0.5))
            {
                Storm(_random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(8)));
                isSound = false;
            }

            Calm(_random.Between(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(15)), isSound);
            isSound = true;
            if (_random.Chance(0.7))
                isSound = Idle(_random.Between(TimeSpan.FromMinutes(21), TimeSpan.FromHours(_topology.IsQuiet ? 12 : 1)));
        }

        foreach (var watch in _topology.Nodes[0].Watches)
            watch.Finished();
        return Report();
    }

    private void Storm(TimeSpan length)
    {
        var end = Begin("storm", length);
        _network.Weather = Weather.Storm(_random);
        (_attacker.MayOvertake, _attacker.Pace) = (true, TimeSpan.FromSeconds(2));
        foreach (var direction in _topology.Directions)
            Use(direction.From, direction.To, TimeSpan.FromSeconds(_random.Pick(2.0, 8, 30)), mayLeap: true);
        Misfortunes();
        _time.RunUntil(end);
        PutRight();
    }

    private void Calm(TimeSpan length, bool isSound)
    {
        var end = Begin("calm", length);
        // Nobody can promise delivery to somebody who moved and said nothing: at first both ends of each tunnel speak.
        foreach (var (from, to) in _topology.Directions)
            Use(from, to, TimeSpan.FromSeconds(2), mayLeap: false);
        if (!isSound)
            _time.RunUntil(_time.Now + RecoveryBound);
        _delivery.MustArrive = true;
        _time.RunUntil(_time.Now + TimeSpan.FromSeconds(20));
        _season++;
        foreach (var (from, to) in _topology.Directions)
        {
            if (_random.Chance(0.8))
                Use(from, to, TimeSpan.FromSeconds(_random.Pick(1.0, 8, 30, 100)), mayLeap: false);
        }

        _time.RunUntil(end);
        _season++;
        _delivery.MustArrive = false;
        _time.RunUntil(_time.Now + TimeSpan.FromSeconds(15));
        _delivery.Settle();
    }

    // Silence; sometimes with a few last words to somebody who is not there. True when the network stayed sound.
    private bool Idle(TimeSpan length)
    {
        var end = Begin("idle", length);
        var (from, to) = _topology.Directions[_random.Next(_topology.Directions.Count)];
        // Whoever has a persistent keepalive tries for ever, which is right and costs the simulation much.
        var isSound = !to.Peers.All(PunctualityWatch.IsQuiet) || _random.Chance(0.3);
        _attacker.Pace = TimeSpan.FromSeconds(60);
        if (!isSound)
        {
            _network.CutOff(_topology.PublicAddress(to));
            Offer(from, to, leap: 1);
        }

        _time.RunUntil(end);
        foreach (var peer in _topology.Nodes.SelectMany(node => node.Peers))
            _punctuality.CheckIdle(peer);
        PutRight();
        return isSound;
    }

    private Instant Begin(string season, TimeSpan length)
    {
        _trace.Note($"— {season} for {length:g}");
        _season++;
        return _time.Now + length;
    }

    private void PutRight()
    {
        _season++;
        _network.Clear();
        (_attacker.MayOvertake, _attacker.Pace) = (false, TimeSpan.FromSeconds(20));
        _attacker.Forget();
        foreach (var node in _topology.Nodes)
        {
            Wake(node);
            node.Clock.SetWallRight();
        }
    }

    private void Use(SimulatedNode from, SimulatedNode to, TimeSpan mean, bool mayLeap)
    {
        var season = _season;
        _time.After(_random.Exponential(mean), () =>
        {
            if (season != _season)
                return;
            var burst = _random.Chance(0.02) ? _random.Between(2, mayLeap ? 150 : 20) : 1;
            for (var i = 0; i < burst; i++)
                Offer(from, to, mayLeap && _random.Chance(0.05) ? _random.Pick(2, 64, 8_064, 8_127, 8_128, 8_129, 8_192) : 1);
            Use(from, to, mean, mayLeap);
        });
    }

    private void Offer(SimulatedNode from, SimulatedNode to, int leap)
    {
        if (from.IsSuspended)
            return;
        var isIPv6 = _random.Chance(0.5);
        var greatest = from.Peer(to).Mtu is var mtu and > 0 ? mtu : 1_420;
        var length = _random.Chance(0.5) ? InnerTraffic.LeastLength : _random.Between(InnerTraffic.LeastLength, greatest);
        var (source, destination) = (from.InnerAddress(isIPv6, 1), to.InnerAddress(isIPv6, 1));
        from.OfferTo(to, InnerTraffic.Packet(_delivery.NextNumber, source, destination, length), leap);
    }

    private void Misfortunes()
    {
        var season = _season;
        _time.After(_random.Exponential(TimeSpan.FromSeconds(45)), () =>
        {
            if (season != _season)
                return;
            var node = _topology.Nodes[_random.Next(_topology.Nodes.Count)];
            var misfortune = _random.Next(6);
            _trace.Note($"— {node}: {Names[misfortune]}");
            switch (misfortune)
            {
                case 0:
                    node.Boot();
                    break;
                case 1:
                    _topology.TryRebind(node, _random);
                    break;
                case 2:
                    node.Suspend();
                    _time.After(_random.Exponential(TimeSpan.FromSeconds(60)), () => Wake(node));
                    break;
                case 3:
                    var address = _topology.PublicAddress(node);
                    _network.CutOff(address);
                    _time.After(_random.Exponential(TimeSpan.FromSeconds(60)), () =>
                    {
                        if (season == _season)
                            _network.Reconnect(address);
                    });
                    break;
                case 4:
                    node.Clock.StepWall(_random.Between(TimeSpan.FromHours(-2), TimeSpan.FromHours(2)));
                    break;
                default:
                    _network.Weather = Weather.Storm(_random);
                    break;
            }

            Misfortunes();
        });
    }

    private void Wake(SimulatedNode node)
    {
        if (!node.IsSuspended)
            return;
        _punctuality.Slept(node);
        node.Resume();
    }

    private SimulationReport Report() => new()
    {
        Seed = _seed,
        TraceHash = _trace.Hash,
        Simulated = _time.Now - Instant.Zero,
        Nodes = _topology.Nodes.Count,
        Events = _time.Count,
        Datagrams = _eavesdropper.Datagrams,
        Initiations = _handshakes.Initiations,
        Retries = _handshakes.Retries,
        Sessions = _handshakes.Sessions,
        CookieReplies = _eavesdropper.CookieReplies,
        Packets = _delivery.Count,
        Delivered = _delivery.DeliveredCount,
        Promised = _delivery.PromisedCount,
        Excused = _delivery.ExcusedCount,
        Moves = _roaming.Moves,
        Attacks = _attacker.Acts,
    };
}
