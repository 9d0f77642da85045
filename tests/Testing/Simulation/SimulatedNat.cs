using System;
using System.Collections.Generic;
using Warren.Protocol;
using Warren.Protocol.Routing;

namespace Warren.Testing.Simulation;

/// <summary>A NAT with one host behind it. Only what the host sends opens a way back, for that remote endpoint alone,
/// until nothing passed for <c>lifetime</c>. <see cref="Rebind"/> forgets everything: the host then appears
/// elsewhere.</summary>
public sealed class SimulatedNat
{
    private readonly VirtualTime _time;
    private readonly SimulatedNetwork _network;
    private readonly SeededRandom _random;
    private readonly TimeSpan _lifetime;
    private readonly Dictionary<Endpoint, Instant> _open = [];
    private readonly Action<Datagram> _inside;
    private readonly Endpoint _host;
    private Endpoint _public;

    public SimulatedNat(
        VirtualTime time,
        SimulatedNetwork network,
        SeededRandom random,
        IpAddress publicAddress,
        Endpoint host,
        TimeSpan lifetime,
        Action<Datagram> inside)
    {
        (_time, _network, _random, _lifetime, _inside, _host) = (time, network, random, lifetime, inside, host);
        _public = new Endpoint(publicAddress, 0);
        Rebind(publicAddress);
    }

    public IpAddress PublicAddress => _public.Address;

    public void Send(Datagram datagram)
    {
        if (_open.Count > 0 && !AnyOpen())
            Rebind(PublicAddress); // the mapping ran out: the next one has another port
        _open[datagram.Destination] = _time.Now;
        _network.Send(datagram with { Source = _public });
    }

    /// <summary>Forgets all mappings; the next packet out leaves from another port, or another address too.</summary>
    public void Rebind(IpAddress publicAddress)
    {
        _network.Detach(_public.Address);
        _open.Clear();
        _public = new Endpoint(publicAddress, (ushort)_random.Between(1_024, 65_535));
        _network.Attach(publicAddress, Receive);
    }

    private void Receive(Datagram datagram)
    {
        if (datagram.Destination != _public || !_open.TryGetValue(datagram.Source, out var last))
            return;
        if (_time.Now - last >= _lifetime)
            return;
        _open[datagram.Source] = _time.Now; // as Linux does, though RFC 4787 leaves it open (REQ-6)
        _inside(datagram with { Destination = _host });
    }

    private bool AnyOpen()
    {
        foreach (var last in _open.Values)
        {
            if (_time.Now - last < _lifetime)
                return true;
        }

        return false;
    }
}
