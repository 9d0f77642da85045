using System;
using System.Text.Json;

namespace Warren.Lab.Traffic;

/// <summary>What an iperf3 TCP stream reached.</summary>
/// <param name="BitsPerSecond">Payload that arrived, per second.</param>
/// <param name="Bytes">Payload that arrived.</param>
/// <param name="Retransmits">TCP segments sent again.</param>
public sealed record StreamResult(double BitsPerSecond, long Bytes, long Retransmits)
{
    /// <summary>"1234 Mbit/s".</summary>
    public override string ToString() => FormattableString.Invariant($"{BitsPerSecond / 1e6:0} Mbit/s");

    internal static StreamResult Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("error", out var error)) throw new LabException($"iperf3: {error.GetString()}");
        var end = document.RootElement.GetProperty("end");
        var received = end.GetProperty("sum_received");
        return new StreamResult(
            received.GetProperty("bits_per_second").GetDouble(),
            received.GetProperty("bytes").GetInt64(),
            end.GetProperty("sum_sent").TryGetProperty("retransmits", out var retransmits) ? retransmits.GetInt64() : 0);
    }
}
