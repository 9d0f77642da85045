using System;

namespace Warren.Bench.Throughput.Load;

/// <summary>How an engine answered handshakes.</summary>
/// <param name="AnsweredPerSecond">Responses a second.</param>
/// <param name="P50">Median time from initiation to response.</param>
/// <param name="P99">What 99 of 100 responses did not exceed.</param>
/// <param name="Cookies">Cookie replies instead of responses: the engine thought itself under load.</param>
/// <param name="Verified">Responses whose handshake was completed (one in 97) and found right.</param>
/// <param name="Wrong">Responses that did not complete their handshake, or belonged to none; 0 of a sound engine.</param>
/// <param name="Unanswered">Initiations without any answer for a second.</param>
public sealed record HandshakeRate(
    double AnsweredPerSecond, TimeSpan P50, TimeSpan P99, long Cookies, long Verified, long Wrong, long Unanswered);
