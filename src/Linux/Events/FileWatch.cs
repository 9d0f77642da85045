using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux.Events;

/// <summary>Notices when a path no longer names the file it named: deleted, renamed away, or another put in its place (inotify).</summary>
/// <remarks>The file's inode is watched, not its directory: what happens to its neighbours wakes nobody. One thread at a time.</remarks>
public sealed unsafe class FileWatch : IDisposable
{
    private readonly OwnedDescriptor _inotify;
    private readonly string _path;
    private readonly FileIdentity _identity;

    /// <summary>Watches the file that <paramref name="path"/> names now.</summary>
    /// <exception cref="LinuxException">ENOENT: none.</exception>
    public FileWatch(string path)
    {
        _path = path;
        _inotify = SysInotify.inotify_init1(SysInotify.IN_NONBLOCK | SysInotify.IN_CLOEXEC).OrThrow("inotify_init1");
        try
        {
            // Unlinking an open file (a bound socket is one) changes its link count, IN_ATTRIB; IN_DELETE_SELF comes with the last close.
            uint events = SysInotify.IN_ATTRIB | SysInotify.IN_DELETE_SELF | SysInotify.IN_MOVE_SELF | SysInotify.IN_DONT_FOLLOW;
            if (SysInotify.inotify_add_watch(_inotify, path, events) < 0) throw LinuxException.Last($"watch {path}");
            _identity = FileIdentity.Of(path) ?? throw new LinuxException(Errno.ENOENT, $"watch {path}");
        }
        catch
        {
            _inotify.Dispose();
            throw;
        }
    }

    /// <summary>What to give to a poller: readable when the file may have gone; owned by this object.</summary>
    public int Descriptor => _inotify.Number;

    /// <summary>Whether the path no longer names the watched file. Takes what the poller reported.</summary>
    public bool DeletedOrReplaced()
    {
        Span<byte> events = stackalloc byte[1024];

        // SAFETY: the buffer lives on this stack for the length of the call. What the events say is looked up below instead.
        fixed (byte* pointer = events)
        {
            while (Unistd.read(_inotify, pointer, (nuint)events.Length) >= 0)
            {
            }
        }

        var error = (Errno)Marshal.GetLastPInvokeError();
        if (error is not (Errno.EAGAIN or Errno.EINTR)) throw new LinuxException(error, $"watch {_path}");
        return FileIdentity.Of(_path) != _identity;
    }

    /// <summary>Stops watching.</summary>
    public void Dispose() => _inotify.Dispose();
}
