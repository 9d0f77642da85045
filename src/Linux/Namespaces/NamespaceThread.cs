using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Warren.Linux.Namespaces;

/// <summary>Runs work inside other namespaces, on a thread that is made for it and ends with it.</summary>
/// <remarks>
/// The work must stay on its thread: an `await`, a task or a pool thread would run in the namespaces of the process. Sockets that it
/// opens stay in the namespace and may be used from anywhere afterwards.
/// </remarks>
public static class NamespaceThread
{
    /// <summary>Runs <paramref name="work"/> in the namespaces of process <paramref name="pid"/> and waits for it; its exception is rethrown.</summary>
    public static T Run<T>(int pid, NamespaceKinds kinds, Func<T> work) => OnFreshThread(() => ThreadNamespaces.Enter(pid, kinds), work);

    /// <summary>Runs <paramref name="work"/> in the given namespace and waits for it; its exception is rethrown.</summary>
    public static T Run<T>(NamespaceHandle handle, Func<T> work) => OnFreshThread(() => ThreadNamespaces.Enter(handle), work);

    /// <summary>Runs <paramref name="work"/> in new, empty namespaces and waits for it; its exception is rethrown.</summary>
    public static T RunInNew<T>(NamespaceKinds kinds, Func<T> work) => OnFreshThread(() => ThreadNamespaces.Unshare(kinds), work);

    /// <inheritdoc cref="Run{T}(int, NamespaceKinds, Func{T})"/>
    public static void Run(int pid, NamespaceKinds kinds, Action work) => Run(pid, kinds, Valued(work));

    /// <inheritdoc cref="Run{T}(NamespaceHandle, Func{T})"/>
    public static void Run(NamespaceHandle handle, Action work) => Run(handle, Valued(work));

    /// <inheritdoc cref="RunInNew{T}"/>
    public static void RunInNew(NamespaceKinds kinds, Action work) => RunInNew(kinds, Valued(work));

    private static Func<bool> Valued(Action work) => () =>
    {
        work();
        return true;
    };

    private static T OnFreshThread<T>(Action enter, Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                enter();
                result = work();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error); // rethrown by the thread that waits
            }
        })
        { Name = nameof(NamespaceThread), IsBackground = true };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
