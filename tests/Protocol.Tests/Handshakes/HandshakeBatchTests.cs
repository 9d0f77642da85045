using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;
using Warren.Testing;

namespace Warren.Protocol.Tests.Handshakes;

/// <summary>One device, several peers that begin at once, and the batch that answers them.</summary>
public sealed class HandshakeBatchTests : IDisposable
{
    private static readonly Instant Now = new(TimeSpan.TicksPerHour);
    private static readonly Tai64N Wall = Tai64N.FromUnix(1_700_000_000, 0);
    private static readonly Endpoint There = new(IpAddress.V4(0xC0000202), 1002);

    private readonly SeededRandom _random = new(5);
    private readonly PrivateKey _key;
    private readonly LocalIdentity _identity;
    private readonly IndexTable _indices = new();
    private readonly List<TunnelEnd> _peers = [];
    private readonly List<Tunnel> _tunnels = [];
    private readonly HandshakeBatch _batch = new();
    private readonly byte[] _buffer = new byte[2048];

    public HandshakeBatchTests()
    {
        _key = PrivateKey.Generate(_random);
        _identity = new LocalIdentity(_key, Primitives.Managed);
        for (var i = 0; i < HandshakeBatch.Capacity; i++)
        {
            using var key = PrivateKey.Generate(_random);
            _peers.Add(new TunnelEnd(key, _key.PublicKey, _random));
            _peers[i].Tunnel.SetEndpoint(There);
            _tunnels.Add(new Tunnel(_identity, key.PublicKey, _indices, Primitives.Managed, _random));
            _tunnels[i].Start(Instant.Zero);
        }
    }

    public static TheoryData<int> Counts() => [.. Enumerable.Range(1, HandshakeBatch.Capacity)];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Answers_as_many_as_come_and_each_gets_its_session(int count)
    {
        for (var i = 0; i < count; i++)
            _batch.Add(Initiate(i));
        _batch.Read(_identity);
        for (var i = 0; i < count; i++)
            Assert.Equal(DropReason.None, Take(i, _tunnels[i]));
        _batch.Compute(Primitives.Managed, _random);
        for (var i = 0; i < count; i++)
            Complete(_peers[i], _tunnels[i], _tunnels[i].Answer(Now, _batch, i, _buffer));
        _batch.Clear();
        Assert.Equal(0, _batch.Count);
    }

    [Fact]
    public void What_is_wrong_with_one_message_disturbs_no_other()
    {
        for (var i = 0; i < 6; i++)
        {
            var message = Initiate(i);
            if (i == 1)
                message.AsSpan(Noise.InitiationEphemeral, Noise.KeySize).Clear();
            if (i == 2)
                message[Noise.InitiationStatic] ^= 1;
            if (i == 3)
                message[Noise.InitiationTimestamp] ^= 1;
            _batch.Add(message);
        }

        _batch.Read(_identity);
        Assert.Equal(DropReason.None, Take(0, _tunnels[0]));
        Assert.Equal(DropReason.LowOrderPoint, _batch.Open(1, out _));
        Assert.Equal(DropReason.HandshakeDecryptFailed, _batch.Open(2, out _));
        Assert.Equal(DropReason.None, _batch.Open(3, out var tampered));
        Assert.Equal(
            DropReason.HandshakeDecryptFailed, _tunnels[3].HandleInitiation(Now, tampered, new Path(There)));
        Assert.Equal(DropReason.None, Take(4, _tunnels[4]));
        Assert.Equal(DropReason.None, Take(5, _tunnels[5]));
        _batch.Compute(Primitives.Managed, _random);
        Assert.Equal([true, false, false, false, true, true], Enumerable.Range(0, 6).Select(_batch.IsPrepared));
        foreach (var i in (int[])[5, 0, 4])
            Complete(_peers[i], _tunnels[i], _tunnels[i].Answer(Now, _batch, i, _buffer));
    }

    [Fact]
    public void A_handshake_that_a_newer_one_replaced_is_left_to_poll()
    {
        _batch.Add(Initiate(0));
        _batch.Read(_identity);
        Assert.Equal(DropReason.None, Take(0, _tunnels[0]));
        var later = Now + Constants.RekeyTimeout + Constants.RekeyTimeoutJitterMax;
        var newer = _peers[0].Poll(later, Wall.Next())!;
        Assert.Equal(MessageType.Initiation, MessageHeader.Classify(newer));
        Assert.Equal(DropReason.None, InitiationReader.Read(_identity, newer, out var initiation));
        Assert.Equal(DropReason.None, _tunnels[0].HandleInitiation(later, initiation, new Path(There)));

        _batch.Compute(Primitives.Managed, _random);
        Assert.Equal(OutputKind.None, _tunnels[0].Answer(later, _batch, 0, _buffer).Kind);
        Complete(_peers[0], _tunnels[0], _tunnels[0].Poll(later, Wall, _buffer));
    }

    [Fact]
    public void A_tunnel_that_answered_already_or_ended_answers_no_more()
    {
        for (var i = 0; i < 3; i++)
            _batch.Add(Initiate(i));
        _batch.Read(_identity);
        for (var i = 0; i < 3; i++)
            Assert.Equal(DropReason.None, Take(i, _tunnels[i]));
        _batch.Compute(Primitives.Managed, _random);
        Assert.Equal(OutputKind.Response, _tunnels[0].Poll(Now, Wall, _buffer).Kind);
        Assert.Equal(OutputKind.None, _tunnels[0].Answer(Now, _batch, 0, _buffer).Kind);
        _tunnels[1].Stop(Now);
        Assert.Equal(OutputKind.None, _tunnels[1].Answer(Now, _batch, 1, _buffer).Kind);
        _tunnels[2].SetIdentity(Now, null);
        Assert.Equal(OutputKind.None, _tunnels[2].Answer(Now, _batch, 2, _buffer).Kind);
        Assert.Equal(1, _indices.Count);
    }

    [Fact]
    public void An_identity_that_was_zeroed_meanwhile_opens_nothing()
    {
        _batch.Add(Initiate(0));
        _identity.Dispose();
        _batch.Read(_identity);
        Assert.Equal(DropReason.LowOrderPoint, _batch.Open(0, out _));
    }

    [Fact]
    public void Its_steps_come_in_their_order()
    {
        Assert.Throws<ArgumentException>(() => _batch.Add(new byte[MessageSize.Initiation - 1]));
        for (var i = 0; i < HandshakeBatch.Capacity; i++)
            _batch.Add(Initiate(i));
        Assert.Throws<InvalidOperationException>(() => _batch.Add(new byte[MessageSize.Initiation]));
        Assert.Throws<InvalidOperationException>(() => _batch.Open(0, out _));
        _batch.Read(_identity);
        Assert.Throws<ArgumentOutOfRangeException>(() => _batch.Open(HandshakeBatch.Capacity, out _));
        Assert.Equal(DropReason.None, Take(0, _tunnels[0]));
        Assert.Throws<InvalidOperationException>(() => _batch.Prepare(0, _tunnels[0]));
        Assert.Throws<InvalidOperationException>(() => _tunnels[0].Answer(Now, _batch, 0, _buffer));
        _batch.Compute(Primitives.Managed, _random);
        Assert.Throws<InvalidOperationException>(() => _batch.Prepare(1, _tunnels[1]));
        Assert.Throws<InvalidOperationException>(() => _tunnels[1].Answer(Now, _batch, 1, _buffer));
        _batch.Clear();
        _batch.Add(new byte[MessageSize.Initiation]);
        Assert.Equal(1, _batch.Count);
    }

    public void Dispose()
    {
        _tunnels.ForEach(tunnel => tunnel.Dispose());
        _peers.ForEach(peer => peer.Dispose());
        _identity.Dispose();
        _key.Dispose();
    }

    private byte[] Initiate(int peer)
    {
        _peers[peer].Send(Now, new byte[10]);
        return _peers[peer].Poll(Now, Wall)!;
    }

    private DropReason Take(int index, Tunnel tunnel)
    {
        Assert.Equal(DropReason.None, _batch.Open(index, out var initiation));
        Assert.Equal(tunnel.RemoteStatic, initiation.RemoteStatic);
        var reason = tunnel.HandleInitiation(Now, initiation, new Path(There));
        if (reason == DropReason.None)
            _batch.Prepare(index, tunnel);
        return reason;
    }

    // The response makes a session: the packet that waited arrives.
    private void Complete(TunnelEnd peer, Tunnel tunnel, Output output)
    {
        Assert.Equal(OutputKind.Response, output.Kind);
        Assert.Equal(DropReason.None, peer.Receive(Now, _buffer.AsSpan(0, output.Length), new Path(There), out _));
        var packet = peer.Poll(Now, Wall)!;
        Assert.True(_indices.TryGetKeypair(MessageHeader.ReceiverIndex(packet), out var keypair));
        Assert.Same(tunnel, keypair.Tunnel);
        Assert.True(keypair.TryAcquire());
        Assert.True(keypair.TryOpen(packet, new byte[packet.Length], out _));
        keypair.Release();
    }
}
