using System;
using System.Collections.Generic;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Testing.Simulation;

/// <summary>Two to five nodes as a seed has them: who has a tunnel with whom, who is behind a NAT, with which keepalive
/// and keys.</summary>
public sealed class Topology : IDisposable
{
    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<(SimulatedNode From, SimulatedNode To)> _directions = [];
    private readonly Dictionary<SimulatedNode, SimulatedNat> _nats = [];
    private readonly List<PresharedKey> _presharedKeys = [];
    private uint _publicAddresses;

    public Topology(VirtualTime time, SimulatedNetwork network, SeededRandom random, IReadOnlyList<Watch> watches)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(network);
        var count = random.Between(2, 5);
        var diffieHellman = new IdealDiffieHellman();
        var isStar = random.Chance(0.5);
        for (var number = 0; number < count; number++)
        {
            var node = new SimulatedNode(number, time, random.Fork(), diffieHellman, watches);
            _nodes.Add(node);
            if (number > 0 && random.Chance(0.5))
                PutBehindNat(node, time, network, random);
            else
                Connect(node, network);
        }

        for (var left = 0; left < count; left++)
        {
            for (var right = left + 1; right < (isStar && left > 0 ? 0 : count); right++)
            {
                // Two NATs do not find each other: that is not WireGuard's to solve.
                if (!_nats.ContainsKey(_nodes[left]) || !_nats.ContainsKey(_nodes[right]))
                    Join(_nodes[left], _nodes[right], random);
            }
        }
    }

    public IReadOnlyList<SimulatedNode> Nodes => _nodes;

    /// <summary>Every tunnel twice: once each way.</summary>
    public IReadOnlyList<(SimulatedNode From, SimulatedNode To)> Directions => _directions;

    /// <summary>Whether no tunnel has a persistent keepalive: such a network sleeps when its users do.</summary>
    public bool IsQuiet { get; private set; } = true;

    /// <summary>Moves a node that is behind a NAT to another public port, and sometimes address; false for
    /// others.</summary>
    public bool TryRebind(SimulatedNode node, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!_nats.TryGetValue(node, out var nat))
            return false;
        nat.Rebind(random.Chance(0.3) ? NextPublicAddress() : nat.PublicAddress);
        return true;
    }

    /// <summary>The address by which the network knows a node.</summary>
    public IpAddress PublicAddress(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _nats.TryGetValue(node, out var nat) ? nat.PublicAddress : node.Endpoint.Address;
    }

    public void Dispose()
    {
        foreach (var node in _nodes)
            node.Dispose();
        foreach (var key in _presharedKeys)
            key.Dispose();
    }

    private static void Connect(SimulatedNode node, SimulatedNetwork network)
    {
        network.Attach(node.Endpoint.Address, node.Receive);
        node.Wire = network.Send;
    }

    private void PutBehindNat(SimulatedNode node, VirtualTime time, SimulatedNetwork network, SeededRandom random)
    {
        // Short-lived mappings need a persistent keepalive; without one (see Join) the NAT never forgets by itself.
        var isForgetful = random.Chance(0.4);
        var lifetime = isForgetful ? TimeSpan.FromSeconds(45) : TimeSpan.MaxValue;
        var nat = new SimulatedNat(time, network, random.Fork(), NextPublicAddress(), node.Endpoint, lifetime, node.Receive);
        node.Wire = nat.Send;
        node.NeedsKeepalive = isForgetful;
        _nats.Add(node, nat);
    }

    private void Join(SimulatedNode left, SimulatedNode right, SeededRandom random)
    {
        PresharedKey? presharedKey = null;
        if (random.Chance(0.5))
            _presharedKeys.Add(presharedKey = PresharedKey.Generate(random));
        var mtu = random.Pick(0, 1_280, 1_420);
        left.Configure(Configuration(right));
        right.Configure(Configuration(left));
        _directions.Add((left, right));
        _directions.Add((right, left));

        PeerConfiguration Configuration(SimulatedNode remote)
        {
            var self = remote == left ? right : left;
            var keepalive = self.NeedsKeepalive ? 25 : random.Chance(0.05) ? random.Pick(1, 15, 300) : 0;
            IsQuiet &= keepalive == 0;
            Endpoint? endpoint = _nats.ContainsKey(remote) ? null : remote.Endpoint;
            return new PeerConfiguration(remote, endpoint, presharedKey, (ushort)keepalive, mtu);
        }
    }

    // 203.0.113.0/24 (RFC 5737) and on.
    private IpAddress NextPublicAddress() => IpAddress.V4(0xCB007100 + _publicAddresses++);
}
