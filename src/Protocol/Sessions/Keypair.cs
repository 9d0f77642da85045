using System;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Threading;
using Warren.Protocol.Crypto;
using Warren.Protocol.Messages;

namespace Warren.Protocol.Sessions;

/// <summary>One session: its two keys, its send counter and its replay window (§5.4.5).</summary>
/// <remarks>
/// Any thread may take a lease with <see cref="TryAcquire"/> and, while it holds one, seal and open packets. The send counter
/// and the replay window belong to the lock of the tunnel. When the tunnel drops the keypair it is dead: no further lease is
/// given, and the thread that gives the last one back zeroes the keys. So no packet is ever sealed or opened with a key that is
/// gone, and no key outlives its last use. The keys lie in pinned memory: the collector never leaves a copy behind.
/// </remarks>
public sealed class Keypair
{
    private const int KeySize = 32;
    private const int Dead = int.MinValue;

    private readonly byte[] _keys = GC.AllocateArray<byte>(2 * KeySize, pinned: true);
    private readonly Primitives _primitives;
    private int _state; // Leases in the low 31 bits, Dead in the sign.

    /// <param name="tunnel">The peer.</param>
    /// <param name="primitives">What seals and opens.</param>
    /// <param name="created">When the handshake that made it was finished on this side.</param>
    /// <param name="isInitiator">Whether this side began that handshake.</param>
    /// <param name="localIndex">The index in <see cref="IndexTable"/>.</param>
    /// <param name="remoteIndex">The index the other side gave it.</param>
    internal Keypair(Tunnel tunnel, Primitives primitives, Instant created, bool isInitiator, uint localIndex, uint remoteIndex)
    {
        Tunnel = tunnel;
        _primitives = primitives;
        Created = created;
        IsInitiator = isInitiator;
        LocalIndex = localIndex;
        RemoteIndex = remoteIndex;
    }

    /// <summary>The peer it belongs to.</summary>
    public Tunnel Tunnel { get; }

    /// <summary>The receiver index of packets to us.</summary>
    public uint LocalIndex { get; }

    /// <summary>The receiver index of packets to the peer.</summary>
    public uint RemoteIndex { get; }

    /// <summary>When it was made.</summary>
    public Instant Created { get; }

    /// <summary>Whether this side began the handshake it came from: only the initiator renews a session by age.</summary>
    public bool IsInitiator { get; }

    /// <summary>The next counter to send with. Under the tunnel's lock.</summary>
    internal ulong NextCounter { get; set; }

    /// <summary>The counters received. Under the tunnel's lock.</summary>
    internal ReplayWindow Received { get; } = new();

    /// <summary>Where the handshake writes the key to send with. Only before the keypair is published.</summary>
    internal Span<byte> SendKey => _keys.AsSpan(0, KeySize);

    /// <summary>Where the handshake writes the key to receive with. Only before the keypair is published.</summary>
    internal Span<byte> ReceiveKey => _keys.AsSpan(KeySize);

    /// <summary>Whether it was dropped; leases given before may still be out.</summary>
    internal bool IsDead => Volatile.Read(ref _state) < 0;

    /// <summary>§6.2: whether it is too old to send or receive with.</summary>
    public bool IsExpired(Instant now) => now - Created >= Constants.RejectAfterTime;

    /// <summary>Takes a lease; false once the keypair is dead. Each lease is given back by one <see cref="Release"/>.</summary>
    public bool TryAcquire()
    {
        var state = Volatile.Read(ref _state);
        while (state >= 0)
        {
            var seen = Interlocked.CompareExchange(ref _state, state + 1, state);
            if (seen == state)
                return true;
            state = seen;
        }

        return false;
    }

    /// <summary>Gives a lease back. The last one of a dead keypair zeroes its keys.</summary>
    public void Release()
    {
        ThrowWithoutLease();
        if (Interlocked.Decrement(ref _state) == Dead)
            Zero();
    }

    /// <summary>Under a lease: writes header and sealed packet, padded with zeros to <paramref name="paddedLength"/>.</summary>
    /// <param name="counter">From <c>Tunnel.TryReserve</c>, each used once.</param>
    /// <param name="packet">The inner packet; may already stand in its place, 16 bytes into <paramref name="datagram"/>.</param>
    /// <param name="paddedLength">From <see cref="MessageHeader.PaddedLength"/>.</param>
    /// <param name="datagram">At least 32 bytes longer than <paramref name="paddedLength"/>.</param>
    /// <returns>The datagram's length.</returns>
    /// <exception cref="InvalidOperationException">Nobody holds a lease.</exception>
    public int Seal(ulong counter, ReadOnlySpan<byte> packet, int paddedLength, Span<byte> datagram)
    {
        ThrowWithoutLease();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(counter, Constants.RejectAfterMessages);
        ArgumentOutOfRangeException.ThrowIfLessThan(paddedLength, packet.Length);
        var body = datagram.Slice(MessageSize.TransportHeader, paddedLength + MessageSize.Tag);
        MessageHeader.WriteTransport(datagram, RemoteIndex, counter);
        if (paddedLength > packet.Length)
        {
            packet.CopyTo(body);
            body[packet.Length..paddedLength].Clear();
            packet = body[..paddedLength];
        }

        _primitives.Seal(SendKey, counter, packet, body);
        return MessageSize.TransportHeader + body.Length;
    }

    /// <summary>Under a lease: opens a transport message. False when it does not authenticate. The replay window is not
    /// asked: <c>Tunnel.Accept</c> does that, under the tunnel's lock.</summary>
    /// <param name="datagram">The whole message; its receiver index led here.</param>
    /// <param name="plaintext">At least 32 bytes shorter than <paramref name="datagram"/>; may be the same memory, 16 bytes
    /// into it. Padding is still on: the inner header tells the packet's own length.</param>
    /// <param name="length">How much of <paramref name="plaintext"/> was written.</param>
    /// <exception cref="InvalidOperationException">Nobody holds a lease.</exception>
    public bool TryOpen(ReadOnlySpan<byte> datagram, Span<byte> plaintext, out int length)
    {
        ThrowWithoutLease();
        length = 0;
        if (datagram.Length < MessageSize.Keepalive)
            return false;
        var size = datagram.Length - MessageSize.Keepalive;
        var counter = MessageHeader.Counter(datagram);
        if (!_primitives.Open(ReceiveKey, counter, datagram[MessageSize.TransportHeader..], plaintext[..size]))
            return false;
        length = size;
        return true;
    }

    /// <summary>Under a lease: writes the header of each packet into the 16 bytes before its place, and seals them all.</summary>
    /// <param name="source">What texts are read from; disjoint from the destination unless every text is whole in place.</param>
    /// <param name="destination">Where the datagrams go. No two packets share bytes of it, headers and tags included.</param>
    /// <param name="packets">Counters from <c>Tunnel.TryReserve</c>, each used once; padded lengths from
    /// <see cref="MessageHeader.PaddedLength"/>.</param>
    /// <exception cref="InvalidOperationException">Nobody holds a lease.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A counter is at the limit, or there is no room for a header. Nothing is
    /// written.</exception>
    public void SealBatch(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<AeadPacket> packets)
    {
        ThrowWithoutLease();
        foreach (ref readonly var packet in packets)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(packet.Counter, Constants.RejectAfterMessages);
            ArgumentOutOfRangeException.ThrowIfLessThan(packet.Destination, MessageSize.TransportHeader);
        }

        _primitives.SealBatch(SendKey, source, destination, packets);
        foreach (ref readonly var packet in packets)
        {
            MessageHeader.WriteTransport(
                destination.Slice(packet.Destination - MessageSize.TransportHeader, MessageSize.TransportHeader),
                RemoteIndex, packet.Counter);
        }
    }

    /// <summary>Under a lease: opens transport messages in place and returns how many are authentic; each packet says whether it is.
    /// The replay window is not asked: <c>Tunnel.Accept</c> does that, under the tunnel's lock.</summary>
    /// <param name="buffer">Holds the datagrams, whose receiver index led here.</param>
    /// <param name="packets">Of each, <see cref="AeadPacket.Counter"/> as its header has it, and where its sealed text is: from 16 bytes
    /// into the datagram to 16 before its end. Padding stays on.</param>
    /// <exception cref="InvalidOperationException">Nobody holds a lease.</exception>
    public int OpenBatch(Span<byte> buffer, Span<AeadPacket> packets)
    {
        ThrowWithoutLease();
        return _primitives.OpenBatch(ReceiveKey, buffer, packets);
    }

    /// <summary>Ends the keypair: no further leases; zeroed now, or when the last lease is back. Harmless to repeat.</summary>
    internal void Kill()
    {
        if (Interlocked.Or(ref _state, Dead) == 0)
            Zero();
    }

    private void Zero() => CryptographicOperations.ZeroMemory(_keys);

    private void ThrowWithoutLease()
    {
        if ((Volatile.Read(ref _state) & ~Dead) == 0)
            ThrowNoLease();
    }

    [DoesNotReturn]
    private static void ThrowNoLease() => throw new InvalidOperationException("a keypair is used without a lease");
}
