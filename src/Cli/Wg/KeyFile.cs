using System;
using System.Text;
using Warren.Linux;
using Warren.Linux.Files;

namespace Warren.Cli.Wg;

/// <summary>A file with one key, as <c>wg set</c> takes it: 44 characters, then only white space. An empty file means "no key".</summary>
internal static class KeyFile
{
    /// <summary>A key in base64.</summary>
    internal const int TextLength = 44;

    /// <summary>More white space than anybody has behind a key.</summary>
    private const int Limit = 1 << 20;

    /// <summary>The text of the key, "" for none; null when it complained.</summary>
    internal static string? Read(Invocation invocation, string path)
    {
        byte[] content;
        try
        {
            content = FileBytes.Read(path, Limit);
        }
        catch (LinuxException failure) when (failure.Errno == Errno.EISDIR)
        {
            // C's stdio opens a directory and reads nothing from it.
            return Refuse(invocation, "Invalid length key in key file");
        }
        catch (LinuxException failure)
        {
            return Refuse(invocation, $"fopen: {failure.Reason}");
        }

        if (content.Length == 0)
            return "";
        if (content.Length < TextLength)
            return Refuse(invocation, "Invalid length key in key file");
        foreach (var c in content.AsSpan(TextLength))
        {
            if (!IsSpace(c))
                return Refuse(invocation, $"Found trailing character in key file: `{(char)c}'");
        }

        return Encoding.Latin1.GetString(content.AsSpan(0, TextLength));
    }

    internal static bool IsSpace(byte c) => c is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    private static string? Refuse(Invocation invocation, string reason)
    {
        invocation.Error.Write(reason + "\n");
        return null;
    }
}
