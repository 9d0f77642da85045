using System;
using System.Collections.Generic;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;

namespace Warren.Testing;

/// <summary>Two ends and the wire between them, in virtual time: a datagram arrives at once unless <see cref="Lose"/> says no.</summary>
public sealed class Pair : IDisposable
{
    private readonly Queue<Flight> _wire = new();

    /// <summary>Two started ends that know each other's key; A also knows B's endpoint.</summary>
    public Pair(ulong seed = 1, Primitives? primitives = null)
    {
        var random = new SeededRandom(seed);
        KeyA = PrivateKey.Generate(random);
        KeyB = PrivateKey.Generate(random);
        A = new TunnelEnd(KeyA, KeyB.PublicKey, random, primitives);
        B = new TunnelEnd(KeyB, KeyA.PublicKey, random, primitives);
        A.Tunnel.SetEndpoint(EndpointB);
    }

    /// <summary>Where A is, as B sees it.</summary>
    public Endpoint EndpointA { get; set; } = new(IpAddress.V4(0xC0000201), 1001);

    /// <summary>Where B is, as A sees it.</summary>
    public Endpoint EndpointB { get; set; } = new(IpAddress.V4(0xC0000202), 1002);

    /// <summary>A's key.</summary>
    public PrivateKey KeyA { get; }

    /// <summary>B's key.</summary>
    public PrivateKey KeyB { get; }

    /// <summary>The end that knows where the other is.</summary>
    public TunnelEnd A { get; }

    /// <summary>The end that does not.</summary>
    public TunnelEnd B { get; }

    /// <summary>The present.</summary>
    public Instant Now { get; private set; } = new(TimeSpan.TicksPerHour);

    /// <summary>How far the wall clock is ahead of <see cref="Now"/>, in seconds. May change at will.</summary>
    public long WallOffset { get; set; } = 1_700_000_000;

    /// <summary>The wall clock.</summary>
    public Tai64N Wall => Tai64N.FromUnix(
        WallOffset + Now.Ticks / TimeSpan.TicksPerSecond, (int)(Now.Ticks % TimeSpan.TicksPerSecond) * 100);

    /// <summary>Which datagrams never arrive.</summary>
    public Func<Flight, bool> Lose { get; set; } = static _ => false;

    /// <summary>Everything ever sent, lost or not.</summary>
    public List<Flight> Sent { get; } = [];

    /// <summary>Sends a packet of <paramref name="length"/> bytes from one end, and carries all that follows.</summary>
    public void Send(TunnelEnd from, int length = 100)
    {
        ArgumentNullException.ThrowIfNull(from);
        var packet = new byte[length];
        Array.Fill(packet, (byte)length);
        if (from.Send(Now, packet) is { } datagram)
            Put(from, datagram);
        Deliver();
    }

    /// <summary>Carries datagrams until both ends have nothing more to send now.</summary>
    public void Deliver()
    {
        do
        {
            Collect(A);
            Collect(B);
            if (_wire.TryDequeue(out var flight) && !Lose(flight))
                Hand(flight);
        }
        while (_wire.Count > 0 || A.Tunnel.NextDeadline <= Now || B.Tunnel.NextDeadline <= Now);
    }

    /// <summary>Gives a datagram to the end that did not send it, as if it arrived now.</summary>
    public DropReason Hand(Flight flight)
    {
        ArgumentNullException.ThrowIfNull(flight);
        var toB = flight.From == A;
        var target = toB ? B : A;
        var reason = target.Receive(Now, flight.Bytes, new Path(toB ? EndpointA : EndpointB), out var reply);
        if (reply is not null)
            Put(target, reply);
        return reason;
    }

    /// <summary>Lets time pass, stopping at every deadline of either end.</summary>
    public void Advance(TimeSpan span)
    {
        var end = Now + span;
        Deliver();
        while (Instant.Min(A.Tunnel.NextDeadline, B.Tunnel.NextDeadline) is var next && next <= end)
        {
            Now = next;
            Deliver();
        }

        Now = end;
    }

    private void Collect(TunnelEnd end)
    {
        while (end.Poll(Now, Wall) is { } datagram)
            Put(end, datagram);
    }

    private void Put(TunnelEnd from, byte[] datagram)
    {
        var flight = new Flight(Now, from, MessageHeader.Classify(datagram), datagram);
        Sent.Add(flight);
        _wire.Enqueue(flight);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
        KeyA.Dispose();
        KeyB.Dispose();
    }
}
