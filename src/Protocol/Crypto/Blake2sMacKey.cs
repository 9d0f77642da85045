using System;
using System.Runtime.Intrinsics;

namespace Warren.Protocol.Crypto;

/// <summary>A key of keyed BLAKE2s (RFC 7693 2.9) already compressed, for MACs of 16 bytes: one block less each.</summary>
/// <remarks>For a key that is public, as that of a first mac: it is never cleared.</remarks>
internal readonly struct Blake2sMacKey
{
    private const int MacSize = 16;

    private readonly Vector128<uint> _low;
    private readonly Vector128<uint> _high;

    /// <summary>A key of 1 to 32 bytes.</summary>
    public Blake2sMacKey(ReadOnlySpan<byte> key)
    {
        var state = default(Blake2sState);
        state.Start(key, MacSize);
        state.CompressKey();
        state.ChainingValue(out _low, out _high);
    }

    /// <summary>The MAC, 16 bytes, of a message that is not empty.</summary>
    public void Mac(ReadOnlySpan<byte> data, Span<byte> mac)
    {
        var state = default(Blake2sState);
        state.Resume(_low, _high, Blake2sCompression.BlockSize);
        state.Update(data);
        state.Finish(mac[..MacSize]);
    }
}
