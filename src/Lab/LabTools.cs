using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Warren.Lab;

/// <summary>The programs a lab needs beside the kernel: all are Debian's, most of them essential packages.</summary>
public static class LabTools
{
    /// <summary>The programs, and Debian's packages of them.</summary>
    public static IReadOnlyList<(string Program, string Package)> Needed { get; } =
        [("unshare", "util-linux"), ("nsenter", "util-linux"), ("bash", "bash"), ("ip", "iproute2"), ("nft", "nftables"), ("ping", "iputils-ping")];

    /// <summary>Throws <see cref="LabException"/> that says what to install, or that root is needed.</summary>
    public static void Require()
    {
        RequireRoot();
        var missing = Needed.Where(n => Find(n.Program) is null).Select(n => n.Package).Distinct().ToArray();
        if (missing.Length > 0) throw new LabException($"missing programs: apt-get install {string.Join(' ', missing)}");
    }

    /// <summary>Throws <see cref="LabException"/> where the process is not root.</summary>
    public static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess) throw new LabException("a lab makes namespaces and links: run it as root");
    }

    /// <summary>The path of a program, or null when it is not installed; the administrator's folders are searched too.</summary>
    public static string? Find(string program) => SearchPath().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(["/usr/sbin", "/sbin", "/usr/bin", "/bin"]);
}
