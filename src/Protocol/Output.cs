namespace Warren.Protocol;

/// <summary>What <see cref="Tunnel.Poll"/> wrote: its kind, and its length in the caller's buffer.</summary>
/// <param name="Kind">What it is; <see cref="OutputKind.None"/> ends a round of polls.</param>
/// <param name="Length">Bytes written.</param>
public readonly record struct Output(OutputKind Kind, int Length)
{
    /// <summary>Nothing.</summary>
    public static Output None => default;
}
