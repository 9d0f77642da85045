using System;
using Microsoft.Win32.SafeHandles;

namespace Warren.Linux.Libc;

/// <summary>A file descriptor that is closed once, after the last call that uses it has returned.</summary>
internal sealed class OwnedDescriptor : SafeHandleMinusOneIsInvalid
{
    public OwnedDescriptor() : base(ownsHandle: true)
    {
    }

    public OwnedDescriptor(int descriptor) : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>The number itself, for epoll and for children; valid until this is disposed.</summary>
    public int Number
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (int)handle;
        }
    }

    /// <summary>This descriptor, or the error of the call that should have made it.</summary>
    public OwnedDescriptor OrThrow(string operation)
    {
        if (!IsInvalid) return this;
        LinuxException error = LinuxException.Last(operation);
        Dispose();
        throw error;
    }

    // Linux releases the number even when close reports an error: retrying could close somebody else's.
    protected override bool ReleaseHandle()
    {
        _ = Unistd.close((int)handle);
        return true;
    }
}
