using System;
using Warren.Protocol;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Testing.Simulation;

/// <summary>
/// Somebody who sees everything and checks one kind of property all the time. Rules are the paper's, written here a
/// second time: a watch never asks <see cref="Constants"/>. The base class sees and says nothing.
/// </summary>
public abstract class Watch
{
    /// <summary>A node starts (again) from nothing but its keys; its tunnels are new.</summary>
    public virtual void Booted(SimulatedNode node)
    {
    }

    /// <summary>A user gave a packet to a tunnel. <paramref name="keypair"/> is what it will be sealed with, null when
    /// it was staged.</summary>
    public virtual void Offered(SimulatedPeer peer, ReadOnlySpan<byte> packet, Keypair? keypair)
    {
    }

    /// <summary>A tunnel's datagram leaves its node.</summary>
    public virtual void Sent(SimulatedPeer peer, MessageType type, ReadOnlySpan<byte> datagram)
    {
    }

    /// <summary>A handshake message passed the check of its first mac.</summary>
    public virtual void PassedMac1(SimulatedNode node, ReadOnlySpan<byte> datagram)
    {
    }

    /// <summary>A node under load answered a handshake message with a cookie.</summary>
    public virtual void Replied(SimulatedNode node, ReadOnlySpan<byte> cookieReply)
    {
    }

    /// <summary>A tunnel judged a message; <paramref name="before"/> is where it sent to until then. Keypair: of a
    /// transport message.</summary>
    public virtual void Judged(
        SimulatedPeer peer, MessageType type, DropReason reason,
        ReadOnlySpan<byte> datagram, in Path from, in Path before, Keypair? keypair)
    {
    }

    /// <summary>A user receives a packet.</summary>
    public virtual void Delivered(SimulatedPeer peer, ReadOnlySpan<byte> packet)
    {
    }

    /// <summary>A tunnel was woken at its deadline and had this many datagrams to send.</summary>
    public virtual void Woken(SimulatedPeer peer, int datagrams)
    {
    }

    /// <summary>A tunnel was polled until it had nothing more to send.</summary>
    public virtual void Settled(SimulatedPeer peer)
    {
    }

    /// <summary>The run is over.</summary>
    public virtual void Finished()
    {
    }

    protected static void Fail(SimulatedPeer peer, string what)
    {
        ArgumentNullException.ThrowIfNull(peer);
        throw new SimulationException($"{peer}: {what}");
    }
}
