using System.Runtime.InteropServices;

namespace Warren.Linux.Libc;

/// <summary>termios.h. The structure is kept as it comes: 60 bytes on Linux, of which nothing is looked at but by the C library.</summary>
[Header("termios.h")]
internal static unsafe partial class Termios
{
    public const int TCSADRAIN = 1;

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int tcgetattr(int fd, byte* termios);

    [LibraryImport(Unistd.Library, SetLastError = true)]
    public static partial int tcsetattr(int fd, int actions, byte* termios);

    [LibraryImport(Unistd.Library)]
    public static partial void cfmakeraw(byte* termios);

    [LibraryImport(Unistd.Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int ioctl(int fd, nuint request, ushort* size);
}
