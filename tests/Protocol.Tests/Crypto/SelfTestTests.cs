using System;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public class SelfTestTests
{
    [Fact]
    public void Passes_what_is_right() => Assert.Null(SelfTest.FirstFailure(Primitives.Managed));

    [Fact]
    public void Names_what_is_wrong()
    {
        Assert.Equal("X25519", SelfTest.FirstFailure(new Primitives { X25519 = static (_, _, shared) => true }));
        Assert.Equal("ChaCha20-Poly1305 in batches", SelfTest.FirstFailure(new Primitives { SealBatch = static (_, _, _, _) => { } }));
        Assert.Equal("ChaCha20-Poly1305 in batches", SelfTest.FirstFailure(new Primitives { OpenBatch = Careless }));
        Assert.Equal("ChaCha20-Poly1305 in batches", SelfTest.FirstFailure(new Primitives { Open = static (_, _, _, _) => true }));
    }

    // Opens all, and takes all for authentic.
    private static int Careless(ReadOnlySpan<byte> key, Span<byte> buffer, Span<AeadPacket> packets)
    {
        ChaCha20Poly1305Batch.Open(key, buffer, packets);
        foreach (ref var packet in packets)
            packet.IsAuthentic = true;
        return packets.Length;
    }
}
