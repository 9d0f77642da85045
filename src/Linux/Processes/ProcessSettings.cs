using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Processes;

/// <summary>What a process may say about itself and to others.</summary>
/// <remarks>
/// For SIGTERM, SIGINT and SIGHUP use <see cref="System.Runtime.InteropServices.PosixSignalRegistration"/> and set an
/// <see cref="Events.EventSignal"/> in its handler: the runtime owns the signal masks, a signalfd would fight it.
/// </remarks>
public static unsafe class ProcessSettings
{
    /// <summary>How this process was called: argv[0], from which it learns that it shall be `wg`; empty when nobody said.</summary>
    public static string Argv0
    {
        get
        {
            byte[] line = File.ReadAllBytes("/proc/self/cmdline");
            int end = Array.IndexOf(line, (byte)0);
            return Encoding.UTF8.GetString(line, 0, end < 0 ? line.Length : end);
        }
    }

    /// <summary>The effective user, 0 for root.</summary>
    public static uint EffectiveUserId => Unistd.geteuid();

    /// <summary>Sets which permission bits new files of this process lack, such as 0o077 = 63; returns what it was.</summary>
    public static int Umask(int mask) => (int)SysStat.umask((uint)mask);

    /// <summary>Keeps keys out of core files and away from other processes of the same user (PR_SET_DUMPABLE 0, RLIMIT_CORE 0).</summary>
    public static void DisableCoreDumps()
    {
        if (SysPrctl.prctl(SysPrctl.PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) throw LinuxException.Last("forbid core dumps");
        rlimit none = default;

        // SAFETY: the structure lives on this stack for the length of the call.
        if (SysResource.setrlimit(SysResource.RLIMIT_CORE, &none) != 0) throw LinuxException.Last("forbid core dumps");
    }

    /// <summary>
    /// Has the kernel send <paramref name="signal"/> (default SIGKILL) to this process when the thread that started it ends: the parent
    /// must have started it from a thread that lives as long as it should.
    /// </summary>
    public static void DieWithParent(int signal = CSignal.SIGKILL)
    {
        if (SysPrctl.prctl(SysPrctl.PR_SET_PDEATHSIG, (nuint)signal, 0, 0, 0) != 0)
            throw LinuxException.Last("follow the parent's end");
    }

    /// <summary>Sends <paramref name="signal"/> to process <paramref name="pid"/>; 0 only asks whether it may. None when done.</summary>
    public static Errno Signal(int pid, int signal) =>
        CSignal.kill(pid, signal) == 0 ? Errno.None : LinuxException.Last("kill").Errno;

    /// <summary>Replaces this process by another program, which keeps its id, terminal and standard descriptors. Returns only by throwing.</summary>
    /// <param name="path">The program's file; PATH is not searched.</param>
    /// <param name="arguments">All of argv.</param>
    /// <param name="environment">All of its environment.</param>
    /// <exception cref="LinuxException">ENOENT: no such program; EACCES.</exception>
    public static void Execute(string path, IReadOnlyCollection<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        using var argv = new CStringArray(arguments);
        using CStringArray envp = CStringArray.OfEnvironment(environment);

        // SAFETY: both arrays live until the call returns, which it does only when it failed.
        _ = Unistd.execve(path, argv.Pointer, envp.Pointer);
        throw LinuxException.Last($"execute {path}");
    }
}
