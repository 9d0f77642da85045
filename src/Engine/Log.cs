using System.Globalization;
using System.IO;
using System.Threading;

namespace Warren.Engine;

/// <summary>One engine's log: a line per event, "NAME: LEVEL: TEXT". A service manager adds the time. Nothing per packet, nothing secret.</summary>
/// <remarks>Thread safe. A text that is not shown is not formatted.</remarks>
internal sealed class Log(LogLevel level, string name, TextWriter writer)
{
    private readonly Lock _writing = new();

    /// <summary>Whether <see cref="Debug"/> is shown: asked where its values cost something to make.</summary>
    public bool IsDebug => level >= LogLevel.Debug;

    /// <summary>Something went wrong that its operator should know.</summary>
    public void Error(string format, params object?[] values) => Write(LogLevel.Error, "error", format, values);

    /// <summary>Something happened.</summary>
    public void Debug(string format, params object?[] values) => Write(LogLevel.Debug, "debug", format, values);

    private void Write(LogLevel at, string word, string format, object?[] values)
    {
        if (level < at)
            return;
        var line = $"{name}: {word}: {string.Format(CultureInfo.InvariantCulture, format, values)}\n";
        lock (_writing)
        {
            writer.Write(line);
            writer.Flush();
        }
    }
}
