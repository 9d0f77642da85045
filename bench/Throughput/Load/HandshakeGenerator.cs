using System;
using System.Collections.Generic;
using Warren.Lab;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Bench.Throughput.Load;

/// <summary>Measures an engine's answers to handshakes, from inside a node: a portion of initiations is made, then sent and timed, and so on.</summary>
internal static class HandshakeGenerator
{
    private static readonly TimeSpan Portion = TimeSpan.FromSeconds(1);
    private const int LargestPortion = 50_000;

    // What is left too short to be worth a portion.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures until the exchanges alone have taken <paramref name="duration"/>.</summary>
    /// <param name="target">The engine; it has <see cref="HandshakePeers"/>.</param>
    /// <param name="peers">How many peers take turns, 1 or more; each makes at most 40 handshakes a second.</param>
    /// <param name="outstanding">Initiations in flight at once, 1 or more.</param>
    /// <param name="duration">Above zero.</param>
    /// <exception cref="LabException">The engine answers nothing.</exception>
    public static HandshakeRate Run(HandshakeTarget target, int peers, int outstanding, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        if (!PublicKey.TryParse(target.PublicKey, out var key)) throw new FormatException("not a key: " + target.PublicKey);
        if (!IpAddress.TryParse(target.Address, out var address)) throw new FormatException("not an address: " + target.Address);
        var endpoint = new Endpoint(address, target.Port);
        using var supply = new InitiationSupply(peers, key, endpoint);

        // First one handshake of every peer, which counts for nothing: what an engine computes once per peer is then known to it.
        double perSecond;
        using (var first = new HandshakeExchange(endpoint, peers, outstanding))
        {
            var took = first.Run(supply.Make(1), duration);
            if (first.Latencies.Count == 0)
                throw new LabException($"none of {peers} initiations to {endpoint} got a response: {first.Cookies} cookies, {first.Unanswered} unanswered");
            perSecond = first.Answered / took.TotalSeconds;
        }

        using var exchange = new HandshakeExchange(endpoint, peers, outstanding);
        var spent = TimeSpan.Zero;
        while (duration - spent > Rest)
        {
            var wanted = Math.Min(perSecond * Math.Min(Portion.TotalSeconds, (duration - spent).TotalSeconds), LargestPortion);
            var before = exchange.Answered;
            var took = exchange.Run(supply.Make(Math.Max(1, (int)(wanted / peers))), duration - spent);
            perSecond = Math.Max(1, (exchange.Answered - before) / took.TotalSeconds);
            spent += took;
        }

        exchange.Latencies.Sort();
        return new HandshakeRate(
            exchange.Latencies.Count / spent.TotalSeconds, Quantile(exchange.Latencies, 0.50), Quantile(exchange.Latencies, 0.99),
            exchange.Cookies, exchange.Verified, exchange.Wrong, exchange.Unanswered);
    }

    // Nearest rank; zero of nothing.
    private static TimeSpan Quantile(List<long> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)]);
}
