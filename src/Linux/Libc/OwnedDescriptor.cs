using System;
using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>A file descriptor that is closed once, after the last call that uses it has returned.</summary>
internal sealed class OwnedDescriptor : SafeHandle
{
    public OwnedDescriptor() : base(-1, ownsHandle: true)
    {
    }

    public OwnedDescriptor(int descriptor) : base(-1, ownsHandle: true) => SetHandle(descriptor);

    // C returns an int, the marshaller stores a register: the upper half of a failed call's -1 says nothing.
    public override bool IsInvalid => (int)handle == -1;

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
