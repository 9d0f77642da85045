using Warren.Protocol;
using Warren.Protocol.Messages;

namespace Warren.Testing;

/// <summary>A datagram on its way between the two ends of a <see cref="Pair"/>.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Type">What it is.</param>
/// <param name="Bytes">The whole of it.</param>
public sealed record Flight(Instant At, TunnelEnd From, MessageType Type, byte[] Bytes);
