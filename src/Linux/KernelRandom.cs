using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux;

/// <summary>The kernel's own generator, getrandom(2). Any thread.</summary>
/// <remarks>The BCL's generator loads and starts OpenSSL, which costs a command line program more than everything else it does.</remarks>
public static partial class KernelRandom
{
    /// <summary>Fills the whole of <paramref name="destination"/>; waits for the generator's first seed at boot.</summary>
    /// <exception cref="LinuxException">The kernel has no such call.</exception>
    public static unsafe void Fill(Span<byte> destination)
    {
        // SAFETY: pinned for the length of the call; the kernel writes at most the rest of the span.
        fixed (byte* start = destination)
        {
            for (var filled = 0; filled < destination.Length;)
            {
                var length = getrandom(start + filled, (nuint)(destination.Length - filled), 0);
                if (length >= 0)
                    filled += (int)length;
                else if (Marshal.GetLastPInvokeError() != (int)Errno.EINTR)
                    throw LinuxException.Last("getrandom");
            }
        }
    }

    [LibraryImport(Unistd.Library, SetLastError = true)]
    private static unsafe partial nint getrandom(byte* buffer, nuint length, uint flags);
}
