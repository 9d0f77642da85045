using System;
using System.Collections.Generic;
using System.Threading;

namespace Warren.Linux;

/// <summary>For tests: answers given in place of the kernel's to coming system calls, one each, in order; <see cref="Errno.None"/> lets a call through.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly Queue<Errno> _answers = new();

    /// <summary>Appends answers.</summary>
    public void Add(params ReadOnlySpan<Errno> answers)
    {
        lock (_lock)
        {
            foreach (Errno answer in answers) _answers.Enqueue(answer);
        }
    }

    /// <summary>How many are still to be given.</summary>
    public int Pending
    {
        get
        {
            lock (_lock) return _answers.Count;
        }
    }

    /// <summary>The next answer; None when the plan is at its end.</summary>
    public Errno Next()
    {
        lock (_lock) return _answers.TryDequeue(out Errno answer) ? answer : Errno.None;
    }
}
