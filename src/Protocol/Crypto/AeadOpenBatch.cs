using System;

namespace Warren.Protocol.Crypto;

/// <summary>
/// Opens, in place, transport packets of one key, and returns how many are authentic; each packet says whether it is.
/// Of one that is not, zeros stand in place of the text. Of a packet only <see cref="AeadPacket.Counter"/>,
/// <see cref="AeadPacket.Destination"/> and <see cref="AeadPacket.PaddedLength"/> are read. Any thread. No two packets
/// share bytes of the buffer.
/// </summary>
public delegate int AeadOpenBatch(ReadOnlySpan<byte> key, Span<byte> buffer, Span<AeadPacket> packets);
