using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Offload;

/// <summary>Random packets of interleaved flows of both families and protocols.</summary>
internal sealed class TestTraffic(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Packets that were let in: each has the length it says.</summary>
    /// <param name="count">How many, at most 300.</param>
    /// <param name="flows">Of how many flows.</param>
    /// <param name="mischief">0: honest; 1: fields that change, packets out of order and twice; 2: wrong bits, too.</param>
    public List<byte[]> Make(int count, int flows, int mischief)
    {
        var next = new TestPacket[flows];
        for (var i = 0; i < flows; i++)
            next[i] = SomeFlow(i);
        var traffic = new List<byte[]>();
        var flow = 0;
        while (traffic.Count < count)
        {
            if (_random.Next(4) == 0)
                flow = _random.Next(flows);
            ref var state = ref next[flow];
            var length = _random.Next(12) switch { 0 => _random.Next(0, state.Payload.Length), 1 => _random.Next(1, 1400), _ => state.Payload.Length };
            var packet = state with { Payload = new byte[length] };
            _random.NextBytes(packet.Payload);
            if (_random.Next(10) == 0)
                packet = packet with { Flags = (byte)(packet.Flags | (_random.Next(2) == 0 ? TestPacket.Psh : TestPacket.Fin)) };
            state = state with { Sequence = state.Sequence + (uint)length, Id = (ushort)(state.Id + 1) };
            if (mischief > 0 && _random.Next(15) == 0)
                packet = Mischief(packet);
            var bytes = packet.ToBytes();
            if (mischief > 1 && _random.Next(20) == 0)
                bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
            if (bytes[0] >> 4 is not (4 or 6) || !InnerPacket.TryParse(bytes, out var says, out _, out _))
                continue;
            traffic.Add(bytes[..says]);
            if (mischief > 0 && _random.Next(25) == 0)
                traffic.Add([.. traffic[_random.Next(traffic.Count)]]); // again
            if (mischief > 0 && _random.Next(25) == 0)
            {
                var other = _random.Next(traffic.Count);
                (traffic[^1], traffic[other]) = (traffic[other], traffic[^1]);
            }
        }

        return [.. traffic.Take(300)];
    }

    private TestPacket SomeFlow(int i) => new()
    {
        IsIPv6 = _random.Next(2) == 0,
        Protocol = _random.Next(3) == 0 ? TestPacket.Udp : TestPacket.Tcp,
        Ports = ((ushort)(1000 + i), 80),
        Hosts = ((byte)_random.Next(2), 9),
        Id = (ushort)_random.Next(65536),
        DontFragment = _random.Next(2) == 0,
        Sequence = uint.MaxValue - (uint)_random.Next(100_000),
        TcpOptions = _random.Next(3) == 0 ? [] : [1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8],
        Payload = new byte[_random.Next(6) switch { 0 => 1, 1 => _random.Next(1, 64), 2 => 1368, 3 => 1400, 4 => 8948, _ => _random.Next(1, 1400) }],
    };

    private TestPacket Mischief(TestPacket packet) => _random.Next(14) switch
    {
        0 => packet with { TrafficClass = (byte)_random.Next(256) },
        1 => packet with { HopLimit = (byte)_random.Next(256) },
        2 => packet with { FlowLabel = (uint)_random.Next(1 << 20) },
        3 => packet with { DontFragment = !packet.DontFragment },
        4 => packet with { Id = (ushort)_random.Next(65536) },
        5 => packet with { Flags = (byte)_random.Next(256) },
        6 => packet with { Window = (ushort)_random.Next(65536) },
        7 => packet with { Acknowledgement = (uint)_random.Next() },
        8 => packet with { Sequence = packet.Sequence + (uint)_random.Next(-3000, 3000) },
        9 => packet with { Urgent = 9 },
        10 => packet with { TcpOptions = new byte[4 * _random.Next(11)] },
        11 => packet with { Payload = [] },
        12 when packet.IsIPv6 => packet with { Extensions = [(60, new byte[8])] },
        _ => packet with { IPOptions = new byte[4] },
    };
}
