using System;
using System.Diagnostics;
using System.Threading;
using Warren.Linux.Namespaces;

namespace Warren.Engine.Tests.Live;

/// <summary>A network namespace without a name: gone with its last descriptor, whatever happens to the test.</summary>
internal sealed class TestNamespace : IDisposable
{
    private readonly NamespaceHandle _handle;

    public TestNamespace()
    {
        _handle = NamespaceThread.RunInNew(NamespaceKinds.Network, static () => NamespaceHandle.OfThisThread(NamespaceKinds.Network));
        Run("ip link set lo up");
    }

    /// <summary>A path by which `ip link set … netns` finds it.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_handle.Descriptor}";

    /// <summary>Runs work on a thread inside; threads and sockets it makes stay inside.</summary>
    public T In<T>(Func<T> work) => NamespaceThread.Run(_handle, work);

    public void In(Action work) => NamespaceThread.Run(_handle, work);

    /// <summary>Starts a program inside.</summary>
    public Process Start(string command)
    {
        var space = command.IndexOf(' ', StringComparison.Ordinal);
        var start = new ProcessStartInfo(space < 0 ? command : command[..space], space < 0 ? "" : command[(space + 1)..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return In(() => Process.Start(start)!);
    }

    /// <summary>Runs a program inside to its end; its output. Fails the test when it fails.</summary>
    public string Run(string command)
    {
        var (code, output) = TryRun(command);
        Assert.True(code == 0, $"`{command}` failed with {code}: {output}");
        return output;
    }

    /// <summary>Runs a program inside to its end; its exit code and all its output.</summary>
    public (int Code, string Output) TryRun(string command)
    {
        using var process = Start(command);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Gives a link that is up an IPv6 address, and waits until packets to it are taken: the kernel makes it ready in its own time.</summary>
    public void AddIPv6(string address, string device)
    {
        Run($"ip -6 address add {address}/64 dev {device} nodad");
        WaitUntil($"{address} is ready", () => TryRun($"ip -6 route get {address}").Output.StartsWith("local", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    /// <summary>Joins two namespaces by a wire: 192.0.2.1 and 2001:db8::1 here, .2 and ::2 there.</summary>
    public void JoinTo(TestNamespace other)
    {
        Run($"ip link add wire type veth peer name wire netns {other.Path}");
        foreach (var (space, number) in new[] { (this, 1), (other, 2) })
        {
            space.Run($"ip address add 192.0.2.{number}/24 dev wire");
            space.Run($"ip -6 address add 2001:db8::{number}/64 dev wire nodad");
            space.Run("ip link set wire up");
        }
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>Waits, without sleeping through it, until something is so.</summary>
    public static void WaitUntil(string what, Func<bool> condition, TimeSpan bound)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < bound, $"not within {bound.TotalSeconds} s: {what}");
            Thread.Sleep(10);
        }
    }
}
