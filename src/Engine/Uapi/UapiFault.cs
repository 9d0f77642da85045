using Warren.Linux;

namespace Warren.Engine.Uapi;

/// <summary>Why a line of a request was refused.</summary>
/// <param name="Errno">What the client is told.</param>
/// <param name="Reason">For the log: names the key, never its value, which may be secret.</param>
public readonly record struct UapiFault(Errno Errno, string Reason);
