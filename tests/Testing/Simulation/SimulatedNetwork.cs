using System;
using System.Collections.Generic;
using Warren.Protocol;
using Warren.Protocol.Routing;

namespace Warren.Testing.Simulation;

/// <summary>The network between nodes: it loses, delays, reorders, doubles and alters datagrams as its
/// <see cref="Weather"/> says.</summary>
public sealed class SimulatedNetwork(VirtualTime time, SeededRandom random)
{
    private readonly Dictionary<IpAddress, Action<Datagram>> _hosts = [];
    private readonly HashSet<IpAddress> _cutOff = [];
    private Instant _cleared;

    public Weather Weather { get; set; } = Weather.Fair;

    /// <summary>Sees each datagram as it enters the network, with the source address the world sees.</summary>
    public event Action<Datagram>? Sent;

    /// <summary>Sees each datagram as it arrives, altered or not.</summary>
    public event Action<Datagram>? Arrived;

    public void Attach(IpAddress address, Action<Datagram> receive) => _hosts[address] = receive;

    public void Detach(IpAddress address) => _hosts.Remove(address);

    /// <summary>Nothing comes from or goes to this address until <see cref="Reconnect"/> or
    /// <see cref="Clear"/>.</summary>
    public void CutOff(IpAddress address) => _cutOff.Add(address);

    public void Reconnect(IpAddress address) => _cutOff.Remove(address);

    /// <summary>Fair weather; nobody cut off; what was still under way from before is lost.</summary>
    public void Clear()
    {
        Weather = Weather.Fair;
        _cutOff.Clear();
        _cleared = time.Now;
    }

    public void Send(Datagram datagram)
    {
        Sent?.Invoke(datagram);
        if (_cutOff.Contains(datagram.Source.Address) || random.Chance(Weather.Loss))
            return;
        Deliver(datagram, Delay());
        while (random.Chance(Weather.Duplication))
            Deliver(datagram, Delay());
    }

    /// <summary>Puts a datagram into the network that no node sent (or not now, or not from there).</summary>
    public void Inject(Datagram datagram) => Deliver(datagram, Delay());

    private void Deliver(Datagram datagram, TimeSpan delay)
    {
        if (random.Chance(Weather.Corruption) && datagram.Bytes.Length > 0)
        {
            var altered = (byte[])datagram.Bytes.Clone();
            altered[random.Next(altered.Length)] ^= (byte)(1 << random.Next(8));
            datagram = datagram with { Bytes = altered };
        }

        var sent = time.Now;
        time.After(delay, () =>
        {
            if (sent < _cleared || _cutOff.Contains(datagram.Destination.Address)
                || !_hosts.TryGetValue(datagram.Destination.Address, out var receive))
                return;
            Arrived?.Invoke(datagram);
            receive(datagram);
        });
    }

    private TimeSpan Delay() => random.Chance(Weather.Straggling)
        ? random.Between(Weather.LeastDelay, Weather.LongestStraggle)
        : random.Between(Weather.LeastDelay, Weather.GreatestDelay);
}
