#pragma warning disable CA1416 // This room runs on Linux alone.
using System;
using System.IO;
using System.Threading;

namespace Warren.RouterAgent.State;

/// <summary>Holds a state folder for one process: flock on its file "lock", which the kernel lets go when the process ends, however it ends.</summary>
public sealed class StateLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="patience">How long to wait for another process.</param>
    /// <exception cref="StateException">Another process holds it.</exception>
    public static StateLock Take(string folder, TimeSpan patience)
    {
        var path = Path.Combine(folder, "lock");
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                // FileShare.None is flock(LOCK_EX | LOCK_NB) on Linux.
                return new StateLock(new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }));
            }
            catch (IOException) when (File.Exists(path) && waited < patience)
            {
                Thread.Sleep(Pause);
            }
            catch (IOException) when (File.Exists(path))
            {
                throw new StateException($"another process holds {path}; is a commit running?");
            }
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => _file.Dispose();
}
