using System;
using BenchmarkDotNet.Attributes;
using Warren.Engine;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Sessions;

namespace Warren.Bench.Micro;

/// <summary>Each part of a handshake, per handshake, by tunnels as an engine drives them; no door before them and no lock.</summary>
/// <remarks>The static-static secret is known, as it is from a peer's second handshake on. What is allocated is the session's.</remarks>
public class HandshakeBenchmarks : IDisposable
{
    private const int Peers = HandshakeBatch.Capacity;
    private const int Rounds = 64;
    private const int Handshakes = Peers * Rounds;

    private readonly IndexTable _indices = new();
    private readonly HandshakePeer[] _initiators = new HandshakePeer[Handshakes];
    private readonly HandshakePeer[] _responders = new HandshakePeer[Peers];
    private readonly byte[] _initiations = new byte[Handshakes * MessageSize.Initiation];
    private readonly byte[] _responses = new byte[Handshakes * MessageSize.Response];
    private readonly byte[] _datagram = new byte[MessageSize.Initiation];
    private readonly HandshakeBatch _batch = new();
    private Instant _now = new(TimeSpan.TicksPerHour);
    private Tai64N _timestamp = Tai64N.FromUnix(1_700_000_000, 0);

    /// <summary>Eight peers of one device; each peer as often as there are rounds, so that each handshake has a tunnel of its own to end in.</summary>
    [GlobalSetup]
    public void Setup()
    {
        using var key = PrivateKey.Generate(SystemRandom.Shared);
        for (var peer = 0; peer < Peers; peer++)
        {
            using var remote = PrivateKey.Generate(SystemRandom.Shared);
            _responders[peer] = new HandshakePeer(key, remote.PublicKey, _indices);
            _responders[peer].Tunnel.Start(_now);
            for (var round = 0; round < Rounds; round++)
                _initiators[(round * Peers) + peer] = new HandshakePeer(remote, key.PublicKey, _indices);
        }

        Initiate();
        AnswerAlone();
    }

    /// <summary>Initiations for a run, each peer's in the order of their timestamps.</summary>
    [IterationSetup(Targets = [nameof(AnswerAlone), nameof(AnswerBatch)])]
    public void Initiate()
    {
        for (var i = 0; i < Handshakes; i++)
        {
            _timestamp = _timestamp.Next();
            _initiators[i].Initiate(_now, _timestamp, Initiation(i));
        }
    }

    /// <summary>Initiations and the responses to them.</summary>
    [IterationSetup(Target = nameof(TakeResponse))]
    public void InitiateAndAnswer()
    {
        Initiate();
        AnswerAlone();
    }

    /// <summary>An initiation is written: two secrets and a key.</summary>
    [Benchmark]
    public void WriteInitiation()
    {
        _timestamp = _timestamp.Next();
        _initiators[0].Initiate(_now, _timestamp, _datagram);
    }

    /// <summary>Initiations are read and answered one by one.</summary>
    [Benchmark(OperationsPerInvoke = Handshakes)]
    public void AnswerAlone()
    {
        for (var i = 0; i < Handshakes; i++)
        {
            _now += Constants.HandshakeInitiationRate;
            var responder = _responders[i % Peers];
            HandshakePeer.Require(InitiationReader.Read(responder.Identity, Initiation(i), out var initiation));
            HandshakePeer.Require(responder.Tunnel.HandleInitiation(_now, initiation, HandshakePeer.Remote));
            initiation.Clear();
            HandshakePeer.Require(responder.Tunnel.Poll(_now, _timestamp, _datagram), OutputKind.Response);
            _datagram.AsSpan(0, MessageSize.Response).CopyTo(Response(i));
        }
    }

    /// <summary>Initiations are read and answered eight at a time.</summary>
    [Benchmark(OperationsPerInvoke = Handshakes)]
    public void AnswerBatch()
    {
        for (var first = 0; first < Handshakes; first += Peers)
        {
            _now += Constants.HandshakeInitiationRate;
            for (var i = 0; i < Peers; i++)
                _batch.Add(Initiation(first + i));
            _batch.Read(_responders[0].Identity);
            for (var i = 0; i < Peers; i++)
            {
                HandshakePeer.Require(_batch.Open(i, out var initiation));
                HandshakePeer.Require(_responders[i].Tunnel.HandleInitiation(_now, initiation, HandshakePeer.Remote));
                initiation.Clear();
                _batch.Prepare(i, _responders[i].Tunnel);
            }

            _batch.Compute(Primitives.Managed, SystemRandom.Shared);
            for (var i = 0; i < Peers; i++)
            {
                HandshakePeer.Require(_responders[i].Tunnel.Answer(_now, _batch, i, _datagram), OutputKind.Response);
                _datagram.AsSpan(0, MessageSize.Response).CopyTo(Response(first + i));
            }

            _batch.Clear();
        }
    }

    /// <summary>Responses are read, and sessions made of them.</summary>
    [Benchmark(OperationsPerInvoke = Handshakes)]
    public void TakeResponse()
    {
        for (var i = 0; i < Handshakes; i++)
            HandshakePeer.Require(_initiators[i].Tunnel.HandleResponse(_now, Response(i), HandshakePeer.Remote));
    }

    /// <summary>Zeroes the keys.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        foreach (var peer in _initiators)
            peer?.Dispose();
        foreach (var peer in _responders)
            peer?.Dispose();
        GC.SuppressFinalize(this);
    }

    private Span<byte> Initiation(int i) => _initiations.AsSpan(i * MessageSize.Initiation, MessageSize.Initiation);

    private Span<byte> Response(int i) => _responses.AsSpan(i * MessageSize.Response, MessageSize.Response);
}
