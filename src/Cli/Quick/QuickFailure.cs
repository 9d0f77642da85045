using System;
using System.Collections.Generic;

namespace Warren.Cli.Quick;

/// <summary>Ends a verb of wg-quick: what is printed, and the exit code.</summary>
internal sealed class QuickFailure : Exception
{
    /// <summary>Lines to print as they are, none when all was said already.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Exit code, never 0.</summary>
    public int Code { get; init; } = 1;

    /// <inheritdoc/>
    public override string Message => string.Join('\n', Lines);

    /// <summary>A failure that a child has already explained.</summary>
    public static QuickFailure Silent(int code) => new() { Lines = [], Code = code };

    /// <summary>wg-quick's own line, "PROGRAM: message", and where we know better one line of hint.</summary>
    public static QuickFailure Of(string program, string message, string? hint = null) =>
        new() { Lines = hint is null ? [$"{program}: {message}"] : [$"{program}: {message}", $"Hint: {hint}"] };
}
