namespace Warren.Cli.Shell;

/// <summary>How a line ended.</summary>
internal enum LineEnd
{
    /// <summary>With Enter.</summary>
    Enter,

    /// <summary>With Ctrl-D on an empty line, or because there is no more input.</summary>
    End,

    /// <summary>With Ctrl-C: it is not to be run.</summary>
    Interrupt,

    /// <summary>With Ctrl-Z: it is to be run, and then top.</summary>
    Suspend,

    /// <summary>It was pasted, and may be many lines.</summary>
    Paste,
}
