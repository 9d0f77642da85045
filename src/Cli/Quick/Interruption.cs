using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Warren.Cli.Quick;

/// <summary>
/// INT, TERM and HUP become a request that is answered between two steps, so that nothing is left half done. As with the
/// shell, a child that runs in the foreground is waited for. A second INT, a second later, ends the program where it stands.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const long Patience = 1000; // milliseconds
    private readonly PosixSignalRegistration[] _registrations;
    private readonly CancellationTokenSource _source = new();
    private int _code;
    private long _firstAt = long.MaxValue;

    public Interruption() => _registrations =
    [
        Register(PosixSignal.SIGHUP, 1),
        Register(PosixSignal.SIGINT, 2),
        Register(PosixSignal.SIGTERM, 15),
    ];

    /// <summary>Cancelled by the first signal, for what may wait long.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Ends the verb when a signal came.</summary>
    /// <exception cref="QuickFailure">With 128 + the signal's number.</exception>
    public void ThrowIfRequested()
    {
        if (Volatile.Read(ref _code) is var code and not 0)
            throw QuickFailure.Silent(code);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        var isFirst = Interlocked.CompareExchange(ref _code, 128 + number, 0) == 0;
        if (isFirst)
            Volatile.Write(ref _firstAt, Environment.TickCount64);
        // A person who presses Ctrl-C again does not want to wait for a device that never answers. Programs and terminals
        // that end send several signals at once and mean one.
        context.Cancel = isFirst || signal != PosixSignal.SIGINT || Environment.TickCount64 - Volatile.Read(ref _firstAt) < Patience;
        _source.Cancel();
    });
}
