using System.Threading;
using Warren.Protocol.Crypto;

namespace Warren.Engine;

/// <summary>The self-test of a device's primitives on a thread of its own, begun when an engine starts and asked for when its link goes up.</summary>
internal sealed class SelfTestRun
{
    private readonly Primitives _primitives;
    private readonly Thread _thread;
    private string? _failure;

    private SelfTestRun(Primitives primitives)
    {
        _primitives = primitives;
        _thread = new Thread(RoutineSelfTest) { Name = nameof(RoutineSelfTest), IsBackground = true };
    }

    /// <summary>Begins.</summary>
    public static SelfTestRun Begin(Primitives primitives)
    {
        var run = new SelfTestRun(primitives);
        run._thread.Start();
        return run;
    }

    /// <summary>Waits for the end: null, or what is wrong.</summary>
    public string? Failure
    {
        get
        {
            _thread.Join();
            return _failure;
        }
    }

    private void RoutineSelfTest() => _failure = SelfTest.FirstFailure(_primitives);
}
