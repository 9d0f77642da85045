using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Warren.Lab.Processes;

/// <summary>Processes as the lab's own /proc shows them: those of every node too, under their outer numbers.</summary>
internal static class HostProcesses
{
    /// <summary>The children of a process; none when it is gone.</summary>
    public static IReadOnlyList<int> Children(int id) => ReadOrEmpty($"/proc/{id}/task/{id}/children")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
        .ToArray();

    /// <summary>The children of a process, their children, and so on.</summary>
    public static IReadOnlyList<int> Descendants(int id) => [.. Children(id).SelectMany(child => Descendants(child).Prepend(child))];

    /// <summary>All processes in the PID namespace with this link text ("pid:[4026532281]").</summary>
    public static IEnumerable<int> InNamespace(string link)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            if (NamespaceLink(id, "pid") == link) yield return id;
        }
    }

    /// <summary>The namespace a process is in, or null when it is gone or a zombie.</summary>
    public static string? NamespaceLink(int id, string kind)
    {
        try
        {
            return new FileInfo($"/proc/{id}/ns/{kind}").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Sends a signal by name ("TERM", "KILL", "STOP"); processes that are gone are passed over.</summary>
    public static void Signal(string signal, IReadOnlyList<int> ids)
    {
        if (ids.Count == 0) return;
        // The framework can send SIGKILL only; the shell's own kill needs no package.
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"kill -{signal} {string.Join(' ', ids)}");
        using var shell = Process.Start(start)!;
        shell.StandardError.ReadToEnd();
        shell.WaitForExit();
    }

    /// <summary>The text of a /proc file, empty when the process is gone.</summary>
    public static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
