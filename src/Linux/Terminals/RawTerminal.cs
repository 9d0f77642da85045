using System;
using Warren.Linux.Libc;

namespace Warren.Linux.Terminals;

/// <summary>The terminal on standard input, key by key: nothing is echoed, nothing waits for Enter, and no key is a signal. As it was, once disposed.</summary>
public sealed unsafe class RawTerminal : IDisposable
{
    // A struct termios of Linux has 60 bytes.
    private const int TermiosRoom = 64;

    private const int Input = 0;
    private const int Output = 1;

    // ioctl_tty(2): rows, columns and two unused numbers of 16 bits.
    private const nuint TIOCGWINSZ = 0x5413;
    private const int DefaultColumns = 80;

    private readonly byte[] _before = new byte[TermiosRoom];
    private bool _isRaw;

    private RawTerminal()
    {
    }

    /// <summary>Whether both standard input and output are terminals.</summary>
    public static bool IsPresent => Unistd.isatty(Input) == 1 && Unistd.isatty(Output) == 1;

    /// <summary>How many characters a line has; 80 where the terminal does not say.</summary>
    public static int Columns
    {
        get
        {
            var size = stackalloc ushort[4];

            // SAFETY: the kernel writes four numbers.
            return Termios.ioctl(Output, TIOCGWINSZ, size) == 0 && size[1] > 0 ? size[1] : DefaultColumns;
        }
    }

    /// <summary>Makes the terminal raw.</summary>
    /// <exception cref="LinuxException">Standard input is no terminal.</exception>
    public static RawTerminal Begin()
    {
        var terminal = new RawTerminal();

        // SAFETY: pinned for the calls; the structure is smaller than the buffer.
        fixed (byte* before = terminal._before)
        {
            if (Termios.tcgetattr(Input, before) != 0)
                throw LinuxException.Last("ask for the terminal's settings");
        }

        terminal.Resume();
        return terminal;
    }

    /// <summary>Raw again, after <see cref="Pause"/>.</summary>
    public void Resume()
    {
        var raw = stackalloc byte[TermiosRoom];
        _before.CopyTo(new Span<byte>(raw, TermiosRoom));

        // SAFETY: the structure is smaller than the buffer.
        Termios.cfmakeraw(raw);
        if (Termios.tcsetattr(Input, Termios.TCSADRAIN, raw) != 0)
            throw LinuxException.Last("make the terminal raw");
        _isRaw = true;
    }

    /// <summary>As it was, for a while.</summary>
    public void Pause()
    {
        if (!_isRaw)
            return;
        _isRaw = false;

        // SAFETY: pinned for the call. That a terminal has gone away is nothing to mend here.
        fixed (byte* before = _before)
            _ = Termios.tcsetattr(Input, Termios.TCSADRAIN, before);
    }

    /// <inheritdoc/>
    public void Dispose() => Pause();
}
