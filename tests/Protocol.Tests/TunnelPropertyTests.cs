using System;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Crypto;
using Warren.Protocol.Handshakes;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelPropertyTests
{
    private static readonly TimeSpan[] Spans =
        [TimeSpan.Zero, new(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40)];

    [Fact]
    public void After_a_round_of_polls_the_next_deadline_is_in_the_future() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ListOf().Resize(40).ToArbitrary(), steps =>
        {
            using var pair = new Pair((ulong)steps.Count);
            using var other = new SeededKey(5);
            foreach (var step in steps)
            {
                Disturb(pair, other, step);
                foreach (var end in new[] { pair.A, pair.B })
                {
                    var rounds = 0;
                    while (end.Poll(pair.Now, pair.Wall) is { } datagram)
                    {
                        if (++rounds > 2 + Constants.MaxStagedPackets)
                            return false;
                        if (step % 3 != 0)
                            pair.Hand(new Flight(pair.Now, end, MessageHeader.Classify(datagram), datagram));
                    }

                    if (end.Tunnel.NextDeadline <= pair.Now)
                        return false;
                }

                pair.Deliver();
                pair.Advance(Spans[step % Spans.Length]);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_arrives_is_dropped_or_taken_but_never_throws() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).Three().ToArbitrary(), sample =>
        {
            using var pair = new Pair();
            pair.Send(pair.A);
            pair.Send(pair.B);
            var random = new SeededRandom((ulong)sample.Item1);
            foreach (var flight in pair.Sent.ToArray())
            {
                var bytes = (byte[])flight.Bytes.Clone();
                for (var i = 0; i <= sample.Item2 % 3; i++)
                    bytes[random.NextUInt32() % (uint)bytes.Length] ^= (byte)(1 << (int)(random.NextUInt32() % 8));
                var cut = bytes[..(int)(random.NextUInt32() % (uint)(bytes.Length + 1))];
                if (pair.Hand(flight with { Bytes = bytes }) == DropReason.None
                    || pair.Hand(flight with { Bytes = cut }) == DropReason.None)
                    return false;
                ThroughTheDoor(pair, flight, bytes);
            }

            var noise = new byte[sample.Item3 % 300];
            random.Fill(noise);
            if (noise.Length > 0)
                noise[0] = (byte)(1 + sample.Item1 % 4);
            if (noise.Length > 3)
                noise.AsSpan(1, 3).Clear();
            return pair.Hand(pair.Sent[0] with { Bytes = noise }) != DropReason.None
                && pair.B.Delivered.Count == 1 && pair.A.Delivered.Count == 1;
        }).QuickCheckThrowOnFailure();

    // Past the first mac, as somebody who knows the public key gets.
    private static void ThroughTheDoor(Pair pair, Flight flight, byte[] bytes)
    {
        var path = new Path(pair.EndpointA);
        var target = flight.From == pair.A ? pair.B : pair.A;
        if (InitiationReader.Read(target.Identity, bytes, out var initiation) == DropReason.None)
            target.Tunnel.HandleInitiation(pair.Now, initiation, path);
        target.Tunnel.HandleResponse(pair.Now, bytes, path);
        target.Tunnel.HandleCookieReply(pair.Now, bytes);
    }

    private static void Disturb(Pair pair, SeededKey other, int step)
    {
        var end = step % 2 == 0 ? pair.A : pair.B;
        pair.Lose = (step / 2 % 5) switch
        {
            0 => static _ => true,
            1 => static flight => flight.Type == MessageType.Transport,
            2 => static flight => flight.Type == MessageType.Response,
            _ => static _ => false,
        };
        switch (step / 10 % 12)
        {
            case 0:
                end.Tunnel.SetPersistentKeepalive(pair.Now, (ushort)(step / 120 % 30));
                break;
            case 1:
                end.Tunnel.Stop(pair.Now);
                break;
            case 2 or 3:
                end.Tunnel.Start(pair.Now);
                break;
            case 4:
                end.Tunnel.SetIdentity(pair.Now, (step / 120 % 4) switch { 0 => null, 1 => other.Identity, _ => end.Identity });
                break;
            case 5:
                pair.WallOffset = step % 1_000_000;
                break;
            case 6:
                end.UnderLoad = step / 120 % 2 == 0;
                break;
            case 7:
                end.Tunnel.SetEndpoint(end == pair.A ? pair.EndpointB : pair.EndpointA);
                break;
            case 8 when pair.Sent.Count > 0:
                pair.Hand(pair.Sent[step % pair.Sent.Count]);
                break;
            default:
                end.Send(pair.Now, new byte[step % 1400]);
                break;
        }
    }

    private sealed class SeededKey : IDisposable
    {
        private readonly PrivateKey _key;

        public SeededKey(ulong seed)
        {
            _key = PrivateKey.Generate(new SeededRandom(seed));
            Identity = new LocalIdentity(_key, Primitives.Managed);
        }

        public LocalIdentity Identity { get; }

        public void Dispose()
        {
            Identity.Dispose();
            _key.Dispose();
        }
    }
}
