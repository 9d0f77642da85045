using System;
using Warren.Linux;

namespace Warren.Engine.Uapi;

/// <summary>A device could not be reached or refused; the message is the system's text for the error, as wg prints it.</summary>
public sealed class DeviceException : Exception
{
    /// <summary>An error with its number. A device that answers with the wrong sign yields "Unknown error -22", as wg says it.</summary>
    public DeviceException(Errno errno, Exception? cause = null)
        : base(ErrnoText.Describe(errno), cause) =>
        Errno = errno;

    /// <summary>The error's number.</summary>
    public Errno Errno { get; }
}
