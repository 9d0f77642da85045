using System;
using System.Globalization;
using Warren.Lab;

namespace Warren.Bench.Throughput.Load;

/// <summary>How many handshakes an engine answers, seen from another node.</summary>
public static class HandshakeLoad
{
    // Keys, tunnels and initiations are made beside the measured time, at some thousand a second.
    private static readonly TimeSpan Preparation = TimeSpan.FromSeconds(60);

    /// <summary>Has <paramref name="peers"/> peers make handshakes with an engine that was given <see cref="HandshakePeers.Sections"/> before.</summary>
    /// <param name="generator">The node they are in; it reaches the target's address.</param>
    /// <param name="target">The engine.</param>
    /// <param name="peers">How many, 1 or more. Each makes at most 40 handshakes a second, as engines limit them: 1,000 are enough for 40,000 a second.</param>
    /// <param name="outstanding">Initiations in flight at once: 1 for the time one takes; 64 for the rate, which is below what makes engines ask for cookies.</param>
    /// <param name="duration">How long is measured, above zero. It takes some times as long, as initiations are made ahead.</param>
    /// <exception cref="LabException">The engine answered nothing, or the generator failed.</exception>
    public static HandshakeRate Measure(Node generator, HandshakeTarget target, int peers, int outstanding, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(target);
        using var process = LoadProgram.Start(generator, "handshakes", target.Address, Text(target.Port), target.PublicKey, Text(peers),
            Text(outstanding), duration.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        return LoadProgram.Read(process.WaitForExit((duration * 10) + Preparation), LoadJson.Default.HandshakeRate);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
