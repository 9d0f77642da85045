using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;

namespace Warren.Testing.Simulation;

/// <summary>
/// Records what passes and sends it again: as it was, with other source addresses, with bits flipped; sends noise of
/// every shape; and, as public keys are public, initiations of its own with a right mac1, sometimes enough of them to
/// overload a node.
/// </summary>
public sealed class Attacker
{
    private const int Capacity = 512;

    private readonly VirtualTime _time;
    private readonly SimulatedNetwork _network;
    private readonly SeededRandom _random;
    private readonly IReadOnlyList<SimulatedNode> _nodes;
    private readonly HandshakeWatch _handshakes;
    private readonly List<Datagram> _recorded = [];
    private int _seen;

    public Attacker(
        VirtualTime time,
        SimulatedNetwork network,
        SeededRandom random,
        IReadOnlyList<SimulatedNode> nodes,
        HandshakeWatch handshakes)
    {
        (_time, _network, _random, _nodes, _handshakes) = (time, network, random, nodes, handshakes);
        _network.Sent += datagram => Record(datagram, arrived: false);
        _network.Arrived += datagram => Record(datagram, arrived: true);
    }

    /// <summary>Whether it may forward what did not arrive yet. Such a copy is authentic: whoever delivers it first
    /// from elsewhere has the peer roam there, which is how WireGuard is and not a failure; but the promise of delivery
    /// is then off. It leads astray only one end of a tunnel, never the one behind a NAT: were both, neither would ever
    /// find the other again, and only an operator could help.</summary>
    public bool MayOvertake { get; set; }

    /// <summary>How long between two acts, on average.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromSeconds(20);

    public long Acts { get; private set; }

    public void Start() => _time.After(_random.Exponential(Pace), () =>
    {
        Act();
        Start();
    });

    /// <summary>Forgets what never arrived.</summary>
    public void Forget() => _recorded.Clear();

    private void Act()
    {
        Acts++;
        switch (_random.Next(8))
        {
            case 0:
                Inject(Noise(_random.Pick(148, 92, 64, 32, 33, 96, 1, 0, 1_452)), Anybody());
                break;
            case 1 when _random.Chance(0.05):
                var (victim, target) = (_random.Next(_nodes.Count), Elsewhere());
                for (var i = 0; i < 200; i++)
                    Inject(Forgery(_nodes[victim]), _nodes[victim].Endpoint, target);
                break;
            case 1 or 2:
                var node = _nodes[_random.Next(_nodes.Count)];
                Inject(Forgery(node), node.Endpoint);
                break;
            case 3 when _recorded.Count > 0:
                var recorded = Recorded();
                var altered = (byte[])recorded.Bytes.Clone();
                altered[_random.Next(altered.Length)] ^= (byte)(1 << _random.Next(8));
                Inject(altered, recorded.Destination, recorded.Source);
                break;
            case 4 or 5 when _recorded.Count > 0:
                recorded = Recorded();
                if (!MayOvertake || recorded.Destination.Address < recorded.Source.Address)
                    Inject(recorded.Bytes, recorded.Destination, Elsewhere());
                break;
            case > 5 when _recorded.Count > 0:
                recorded = Recorded();
                Inject(recorded.Bytes, recorded.Destination, recorded.Source);
                break;
            default:
                break;
        }
    }

    // Reservoir sampling keeps old ones for long; half the time a fresh one goes, which is the likelier one to do harm.
    private Datagram Recorded() => _recorded[_random.Chance(0.5) ? _recorded.Count - 1 : _random.Next(_recorded.Count)];

    private void Record(Datagram datagram, bool arrived)
    {
        if (arrived == MayOvertake || datagram.Bytes.Length < MessageSize.Keepalive)
            return;
        _seen++;
        if (_recorded.Count < Capacity)
            _recorded.Add(datagram);
        else if (_random.Next(_seen) < Capacity)
            _recorded[_random.Next(Capacity)] = datagram;
        if (_recorded.Count == Capacity)
            _recorded[^1] = datagram;
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        _random.Fill(noise);
        if (length < 4)
            return noise;
        BinaryPrimitives.WriteUInt32LittleEndian(noise, length switch
        {
            148 => (uint)MessageType.Initiation,
            92 => (uint)MessageType.Response,
            64 => (uint)MessageType.CookieReply,
            _ => (uint)MessageType.Transport,
        });
        // Half the time with an index somebody is really using.
        if (_recorded.Count > 0 && _random.Chance(0.5) && length >= 12)
            Recorded().Bytes.AsSpan(4, 8).CopyTo(noise.AsSpan(4));
        return noise;
    }

    private byte[] Forgery(SimulatedNode victim)
    {
        var message = Noise(MessageSize.Initiation);
        Span<byte> key = stackalloc byte[32], publicKey = stackalloc byte[PublicKey.Size];
        victim.PublicKey.Write(publicKey);
        Blake2s.Hash("mac1----"u8, publicKey, key);
        Blake2s.Mac(key, message.AsSpan(0, 116), message.AsSpan(116, 16));
        _handshakes.Forged(victim, message);
        return message;
    }

    private void Inject(byte[] bytes, Endpoint destination, Endpoint? source = null) =>
        _network.Inject(new Datagram(source ?? Elsewhere(), destination, bytes));

    private Endpoint Anybody() => _recorded.Count > 0 ? Recorded().Destination : _nodes[_random.Next(_nodes.Count)].Endpoint;

    // 198.51.100.0/24 is for documentation (RFC 5737): nobody is there.
    private Endpoint Elsewhere() => new(IpAddress.V4(0xC6336400 | (uint)_random.Next(256)), (ushort)_random.Between(1, 65_535));
}
