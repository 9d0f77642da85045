using System.Collections.Generic;
using Warren.Linux.Libc;

namespace Warren.Linux.Processes;

/// <summary>Starts a program that outlives its parent's session: a daemon, since .NET cannot fork.</summary>
public static unsafe class DetachedProcess
{
    /// <summary>
    /// Starts <paramref name="path"/> as the leader of a new session, without a terminal, with no signal blocked or ignored, in the
    /// calling thread's namespaces and the process's working directory.
    /// </summary>
    /// <param name="path">The program's file; PATH is not searched.</param>
    /// <param name="arguments">All of argv, the program's name first.</param>
    /// <param name="environment">All of its environment.</param>
    /// <param name="descriptors">
    /// Which descriptors it gets as which numbers (of those two lists the targets must not be sources of later pairs). Those of standard
    /// input, output and error that are not named lead to /dev/null. It gets no other: a caller's pipe that a daemon kept open would never end.
    /// </param>
    /// <returns>Its process id.</returns>
    /// <exception cref="LinuxException">ENOENT: no such program; EBADF: a source is not open.</exception>
    public static int Start(
        string path, IReadOnlyCollection<string> arguments, IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<(int From, int To)> descriptors)
    {
        string operation = $"start {path}";
        byte* actions = stackalloc byte[CSpawn.OpaqueSize];
        byte* attributes = stackalloc byte[CSpawn.OpaqueSize];
        byte* signals = stackalloc byte[CSignal.SignalSetSize];
        using var argv = new CStringArray(arguments);
        using CStringArray envp = CStringArray.OfEnvironment(environment);

        // SAFETY: both opaque objects live on this stack until destroyed below; posix_spawn has copied all it needs when it returns.
        Check(CSpawn.posix_spawn_file_actions_init(actions), operation);
        Check(CSpawn.posix_spawnattr_init(attributes), operation);
        try
        {
            MapDescriptors(actions, descriptors, operation);
            Check(CSpawn.posix_spawnattr_setflags(
                attributes, CSpawn.POSIX_SPAWN_SETSID | CSpawn.POSIX_SPAWN_SETSIGMASK | CSpawn.POSIX_SPAWN_SETSIGDEF), operation);
            _ = CSignal.sigemptyset(signals);
            Check(CSpawn.posix_spawnattr_setsigmask(attributes, signals), operation);
            _ = CSignal.sigfillset(signals);
            Check(CSpawn.posix_spawnattr_setsigdefault(attributes, signals), operation);

            int pid;
            Check(CSpawn.posix_spawn(&pid, path, actions, attributes, argv.Pointer, envp.Pointer), operation);
            return pid;
        }
        finally
        {
            _ = CSpawn.posix_spawnattr_destroy(attributes);
            _ = CSpawn.posix_spawn_file_actions_destroy(actions);
        }
    }

    private static void MapDescriptors(byte* actions, IReadOnlyList<(int From, int To)> descriptors, string operation)
    {
        // SAFETY: `actions` was initialised by the caller. dup2 of a number onto itself clears close-on-exec, as POSIX asks of posix_spawn.
        int highest = 2;
        foreach ((int from, int to) in descriptors)
        {
            Check(CSpawn.posix_spawn_file_actions_adddup2(actions, from, to), operation);
            if (to > highest) highest = to;
        }

        // Afterwards: a source may be a standard descriptor, or lie between the targets. Closing what is not open is no error.
        for (int number = 0; number <= highest; number++)
        {
            if (IsTarget(descriptors, number)) continue;
            Check(number <= 2
                ? CSpawn.posix_spawn_file_actions_addopen(actions, number, "/dev/null", Fcntl.O_RDWR, 0)
                : CSpawn.posix_spawn_file_actions_addclose(actions, number), operation);
        }

        Check(CSpawn.posix_spawn_file_actions_addclosefrom_np(actions, highest + 1), operation);
    }

    private static bool IsTarget(IReadOnlyList<(int From, int To)> descriptors, int number)
    {
        foreach ((_, int to) in descriptors)
        {
            if (to == number) return true;
        }

        return false;
    }

    // These functions return their error instead of setting errno.
    private static void Check(int error, string operation)
    {
        if (error != 0) throw new LinuxException((Errno)error, operation);
    }
}
