namespace Warren.Linux.Events;

/// <summary>One descriptor that is ready.</summary>
/// <param name="Token">What it was added with.</param>
/// <param name="Readable">A read will not block (it may report an error).</param>
/// <param name="Writable">A write will not block.</param>
/// <param name="Closed">The other side hung up, or the device behind it failed: the next read or write says which.</param>
public readonly record struct PollEvent(uint Token, bool Readable, bool Writable, bool Closed);
