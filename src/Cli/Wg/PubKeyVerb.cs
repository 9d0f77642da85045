using System;
using System.IO;
using System.Text;
using Warren.Protocol.Keys;

namespace Warren.Cli.Wg;

/// <summary><c>pubkey</c>: 44 characters of standard input, and then nothing but white space.</summary>
internal static class PubKeyVerb
{
    internal static int Run(Invocation invocation)
    {
        if (invocation.Arguments.Count != 0)
            return Usage.Write(invocation);
        Span<byte> text = stackalloc byte[KeyFile.TextLength];
        if (invocation.Input.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
            return Refuse(invocation, "Key is not the correct length or format");
        if (HasTrailing(invocation.Input))
            return Refuse(invocation, "Trailing characters found after key");
        Span<char> characters = stackalloc char[KeyFile.TextLength];
        Encoding.Latin1.GetChars(text, characters);
        if (!PrivateKey.TryParse(characters, out var key))
            return Refuse(invocation, "Key is not the correct length or format");
        using (key)
            invocation.Output.Write(key.PublicKey + "\n");
        return 0;
    }

    /// <summary>White space and NULs do not count.</summary>
    private static bool HasTrailing(Stream input)
    {
        Span<byte> buffer = stackalloc byte[256];
        while (input.Read(buffer) is > 0 and var length)
        {
            foreach (var c in buffer[..length])
            {
                if (c != 0 && !KeyFile.IsSpace(c))
                    return true;
            }
        }

        return false;
    }

    private static int Refuse(Invocation invocation, string reason)
    {
        invocation.Error.Write($"{invocation.Program}: {reason}\n");
        return 1;
    }
}
