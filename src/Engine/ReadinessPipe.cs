using System;
using System.Globalization;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Warren.Engine;

/// <summary>The child's end of the pipe on which <see cref="EngineDaemon"/> waits for it.</summary>
public sealed class ReadinessPipe
{
    /// <summary>The variable that names the pipe's descriptor.</summary>
    internal const string Variable = "WARREN_ENGINE_READY_FD";

    /// <summary>What a child says that is ready; anything else is why it failed.</summary>
    internal const string ReadyWord = "ready\n";

    private readonly FileStream _pipe;

    private ReadinessPipe(FileStream pipe) => _pipe = pipe;

    /// <summary>The pipe this process was started with; null when nobody waits for it.</summary>
    public static ReadinessPipe? OfProcess()
    {
        var text = Environment.GetEnvironmentVariable(Variable);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor))
            return null;
        Environment.SetEnvironmentVariable(Variable, null);
        return new ReadinessPipe(new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Write, 0));
    }

    /// <summary>Interface and socket exist: the parent may go.</summary>
    public void Ready() => Say(ReadyWord);

    /// <summary>They do not and will not.</summary>
    public void Failed(string why) => Say(why + "\n");

    private void Say(string text)
    {
        try
        {
            _pipe.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // The parent did not wait: nobody is left to be told.
        }

        _pipe.Dispose();
    }
}
