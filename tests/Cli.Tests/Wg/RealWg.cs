using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace Warren.Cli.Tests.Wg;

/// <summary>The installed wg (WARREN_TEST_WG names another), in a mount namespace where its sockets are a folder of ours.</summary>
internal static class RealWg
{
    internal static string Path { get; } = Environment.GetEnvironmentVariable("WARREN_TEST_WG") ?? "/usr/bin/wg";

    /// <summary>Why it cannot be run here; null when it can.</summary>
    internal static string? WhyNot => !File.Exists(Path) ? $"{Path} is not installed"
        : Environment.UserName != "root" ? "a mount namespace needs root" : null;

    /// <summary>Whether it is as old as Debian 12's.</summary>
    internal static bool IsOld { get; } = WhyNot is null
        && Run("/tmp", new Dictionary<string, string>(), "", ["--version"]).Output.Contains("v1.0.2021", StringComparison.Ordinal);

    internal static Outcome Run(string sockets, IReadOnlyDictionary<string, string> variables, string input, IEnumerable<string> words)
    {
        const string Script = "mount -t tmpfs none /run && mkdir /run/wireguard && mount --bind \"$0\" /run/wireguard && exec \"$@\"";
        var start = new ProcessStartInfo("unshare", ["-m", "sh", "-c", Script, sockets, Path, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"wg {string.Join(' ', words)} did not end");
        }

        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
