using System;
using Warren.Protocol;

namespace Warren.Engine.Pipeline;

/// <summary>
/// Whether a worker that has nothing to do looks again at once or goes to sleep. After a packet the next is often microseconds away, as the
/// answer of a peer is, and a thread that sleeps must be woken, which takes longer than that. So it looks again for at most
/// <see cref="Longest"/> after the last packet, and only where that costs nobody: between two looks it offers the processor, and when somebody
/// took it, it sleeps at once and does not try again for <see cref="Pause"/>.
/// </summary>
/// <remarks>One worker's. No clock: times are arguments.</remarks>
internal sealed class PollBudget
{
    /// <summary>How long a worker looks again after the last packet.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMicroseconds(50);

    /// <summary>An offer of the processor that takes longer than this was accepted.</summary>
    public static readonly TimeSpan Accepted = TimeSpan.FromMicroseconds(5);

    /// <summary>How long a worker does without where others want the processor.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private Instant _until = Instant.Zero;
    private Instant _notBefore = Instant.Zero;

    /// <summary>A turn that ended at <paramref name="now"/> carried packets.</summary>
    public void Carried(Instant now) => _until = now + Longest;

    /// <summary>Whether to look again at <paramref name="now"/> instead of sleeping.</summary>
    public bool Allows(Instant now) => now < _until && now >= _notBefore;

    /// <summary>The processor was offered at <paramref name="from"/> and was the worker's again at <paramref name="to"/>.</summary>
    public void Offered(Instant from, Instant to)
    {
        if (to - from > Accepted)
            _notBefore = to + Pause;
    }
}
