using System.Runtime.InteropServices;
using Warren.Linux.Libc;

namespace Warren.Linux;

/// <summary>The sentences that C programs print for an <see cref="Errno"/>.</summary>
public static class ErrnoText
{
    /// <summary>The text of strerror in the C locale, such as "No such device" or "Address already in use".</summary>
    public static string Describe(Errno errno)
    {
        // strerrordesc_np is strerror without translation (glibc 2.32); it knows nothing of numbers that are no error.
        nint text = CString.strerrordesc_np((int)errno);
        return text == 0 ? $"Unknown error {(int)errno}" : Marshal.PtrToStringUTF8(text)!;
    }
}
