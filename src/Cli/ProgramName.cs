using System;
using System.IO;
using System.Text;

namespace Warren.Cli;

/// <summary>Under which name the process was started.</summary>
internal static class ProgramName
{
    /// <summary>argv[0] as typed (the runtime hides it); "warren" when the runtime's own host was started with our file.</summary>
    internal static string OfProcess()
    {
        var line = File.ReadAllBytes("/proc/self/cmdline");
        var first = Encoding.UTF8.GetString(line.AsSpan(0, Math.Max(0, Array.IndexOf(line, (byte)0))));
        return Path.GetFileName(first) is "" or "dotnet" ? "warren" : first;
    }
}
