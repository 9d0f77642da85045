using System;
using Warren.Protocol;

namespace Warren.Bench.Throughput.Load;

/// <summary>An initiation made ahead of time.</summary>
/// <param name="Peer">Whose, from 0.</param>
/// <param name="Message">148 bytes.</param>
/// <param name="Tunnel">What completes the handshake, for those whose response is verified.</param>
internal readonly record struct Initiation(int Peer, ReadOnlyMemory<byte> Message, Tunnel? Tunnel);
