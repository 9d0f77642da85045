using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using Warren.Protocol.Messages;

namespace Warren.Protocol.Handshakes;

/// <summary>Initiations answered side by side: what they ask of the curve, which is nine tenths of a handshake, is computed for
/// all of them at once, in the lanes of vectors.</summary>
/// <remarks>
/// One thread's. In this order: <see cref="Add"/> messages whose first mac was checked; <see cref="Read"/>; of each,
/// <see cref="Open"/>, then under the lock of its tunnel <see cref="Tunnel.HandleInitiation"/> and, when that finds no reason to
/// drop it, <see cref="Prepare"/>; <see cref="Compute"/>, under no lock; of each prepared one, again under its lock,
/// <see cref="Tunnel.Answer"/>; <see cref="Clear"/>. It holds secrets until then. Checks and their order are those of one
/// message alone. A tunnel not answered this way writes its response with <see cref="Tunnel.Poll"/>.
/// </remarks>
public sealed class HandshakeBatch
{
    /// <summary>Most messages at once.</summary>
    public const int Capacity = 8;

    private const int NotPrepared = -1;

    private readonly byte[] _messages = new byte[Capacity * MessageSize.Initiation];
    private readonly byte[] _points = new byte[Capacity * ResponseSecrets.PointsSize];
    private readonly byte[] _scalars = GC.AllocateArray<byte>(Capacity * ResponseSecrets.Size, pinned: true);
    private readonly byte[] _secrets = GC.AllocateArray<byte>(Capacity * ResponseSecrets.Size, pinned: true);
    private readonly byte[] _staticSecrets = GC.AllocateArray<byte>(Capacity * Noise.KeySize, pinned: true);
    private readonly int[] _places = new int[Capacity];
    private LocalIdentity? _local;
    private int _prepared;
    private bool _computed;

    /// <summary>How many messages it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a copy of an initiation.</summary>
    /// <exception cref="ArgumentException">It has not the length of one.</exception>
    /// <exception cref="InvalidOperationException">It is full, or was read and not cleared.</exception>
    public void Add(ReadOnlySpan<byte> message)
    {
        if (message.Length != MessageSize.Initiation)
            throw new ArgumentException("an initiation has another length", nameof(message));
        if (Count == Capacity || _local is not null)
            throw new InvalidOperationException("a batch takes as many messages as it has room for, before they are read");
        message.CopyTo(_messages.AsSpan(Count * MessageSize.Initiation));
        _places[Count++] = NotPrepared;
    }

    /// <summary>The DH of each message with the identity it is for.</summary>
    public void Read(LocalIdentity local)
    {
        ArgumentNullException.ThrowIfNull(local);
        _local = local;
        Span<byte> ephemerals = stackalloc byte[Capacity * Noise.KeySize];
        for (var i = 0; i < Count; i++)
            Ephemeral(i).CopyTo(ephemerals[(i * Noise.KeySize)..]);
        var size = Count * Noise.KeySize;
        local.DeriveMany(ephemerals[..size], _staticSecrets.AsSpan(0, size));
    }

    /// <summary>Opens the static key of one message: <see cref="InitiationReader.Read(LocalIdentity, ReadOnlySpan{byte}, out ReceivedInitiation)"/>
    /// with its DH already done.</summary>
    /// <param name="index">Which, in the order they were added.</param>
    /// <param name="initiation">What was read, which borrows the batch's memory; meaningless when dropped.</param>
    /// <exception cref="InvalidOperationException">The batch was not read.</exception>
    public DropReason Open(int index, out ReceivedInitiation initiation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        if (_local is null)
            throw new InvalidOperationException("the batch was not read");
        var shared = _staticSecrets.AsSpan(index * Noise.KeySize, Noise.KeySize);
        return InitiationReader.Read(_local, Message(index), shared, out initiation);
    }

    /// <summary>Under the tunnel's lock: the response to this message, which the tunnel has just taken, is to be computed here.</summary>
    /// <exception cref="InvalidOperationException">That was said before, or the batch is computed.</exception>
    public void Prepare(int index, Tunnel tunnel)
    {
        ArgumentNullException.ThrowIfNull(tunnel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        if (_places[index] != NotPrepared || _computed)
            throw new InvalidOperationException("a message is prepared once, before the batch is computed");
        _places[index] = _prepared;
        ResponseSecrets.WritePoints(
            Ephemeral(index), tunnel.RemoteStaticBytes, _points.AsSpan(_prepared++ * ResponseSecrets.PointsSize));
    }

    /// <summary>Ephemeral keys and shared secrets of all that were prepared. Under no lock.</summary>
    /// <param name="primitives">What computes DH.</param>
    /// <param name="random">For the ephemeral keys.</param>
    public void Compute(Primitives primitives, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        ArgumentNullException.ThrowIfNull(random);
        _computed = true;
        var size = _prepared * ResponseSecrets.Size;
        ResponseSecrets.Generate(primitives, random, _points.AsSpan(0, size), _scalars.AsSpan(0, size), _secrets.AsSpan(0, size));
    }

    /// <summary>Whether the message was prepared.</summary>
    public bool IsPrepared(int index) => _places[index] != NotPrepared;

    /// <summary>Empties it and zeroes its secrets.</summary>
    public void Clear()
    {
        Count = _prepared = 0;
        _computed = false;
        _local = null;
        CryptographicOperations.ZeroMemory(_secrets);
        CryptographicOperations.ZeroMemory(_staticSecrets);
    }

    /// <summary>The initiator's ephemeral key in a message.</summary>
    internal ReadOnlySpan<byte> Ephemeral(int index) => Message(index).Slice(Noise.InitiationEphemeral, Noise.KeySize);

    /// <summary>What was computed for a prepared message.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    internal ReadOnlySpan<byte> Secrets(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        if (!_computed || !IsPrepared(index))
            throw new InvalidOperationException("the message was not prepared or not computed");
        return _secrets.AsSpan(_places[index] * ResponseSecrets.Size, ResponseSecrets.Size);
    }

    private ReadOnlySpan<byte> Message(int index) => _messages.AsSpan(index * MessageSize.Initiation, MessageSize.Initiation);
}
