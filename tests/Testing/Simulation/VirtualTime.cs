using System;
using System.Collections.Generic;
using Warren.Protocol;

namespace Warren.Testing.Simulation;

/// <summary>True time of a simulation, and what is to happen when. Events of one moment happen in the order they were
/// put in.</summary>
public sealed class VirtualTime
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _events = new();
    private long _order;

    public Instant Now { get; private set; }

    /// <summary>Events that happened so far.</summary>
    public long Count { get; private set; }

    public void At(Instant moment, Action happening)
    {
        if (moment != Instant.Never)
            _events.Enqueue(happening, (Math.Max(moment.Ticks, Now.Ticks), _order++));
    }

    public void After(TimeSpan span, Action happening) => At(Now + span, happening);

    /// <summary>Lets everything happen that is due by <paramref name="end"/>; it is then that time.</summary>
    public void RunUntil(Instant end)
    {
        while (_events.TryPeek(out _, out var due) && due.Ticks <= end.Ticks)
        {
            var happening = _events.Dequeue();
            Now = new Instant(due.Ticks);
            Count++;
            happening();
        }

        Now = end;
    }
}
