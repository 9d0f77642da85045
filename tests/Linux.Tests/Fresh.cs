using System;
using System.Diagnostics;
using Warren.Linux.Namespaces;

namespace Warren.Linux.Tests;

/// <summary>A fresh network namespace for one test, whose loopback is up, and real tools to compare with.</summary>
internal static class Fresh
{
    public static void Network(Action test) => NamespaceThread.RunInNew(NamespaceKinds.Network, () =>
    {
        Shell("ip link set lo up");
        test();
    });

    /// <summary>Runs a command in the calling thread's namespaces; its standard output.</summary>
    public static string Shell(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}: {errors}");
        return output;
    }
}
