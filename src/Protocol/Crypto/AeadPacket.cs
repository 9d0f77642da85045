namespace Warren.Protocol.Crypto;

/// <summary>One packet of a batch: where its text is, where it goes and the counter that seals it.</summary>
/// <remarks>
/// Byte j of the text is <c>destination[Destination + j]</c> while j is below <see cref="InPlace"/>, and
/// <c>source[Source + j - InPlace]</c> from there on. A segment cut from a super-packet thus has its new headers written
/// in place and the rest sealed straight from where it was read. Offsets and lengths are in bytes.
/// </remarks>
public struct AeadPacket
{
    /// <summary>The nonce: four zero bytes, then this in little endian. Each used once per key.</summary>
    public ulong Counter { get; set; }

    /// <summary>Where in the source the text from <see cref="InPlace"/> on stands.</summary>
    public int Source { get; set; }

    /// <summary>Where in the destination the text begins; its 16 bytes of tag follow the padded text.</summary>
    public int Destination { get; set; }

    /// <summary>How many first bytes of the text stand in the destination already: a multiple of 64, or the whole length.</summary>
    public int InPlace { get; set; }

    /// <summary>The text's length.</summary>
    public int Length { get; set; }

    /// <summary>What is sealed: the text and zeros after it. At least <see cref="Length"/>.</summary>
    public int PaddedLength { get; set; }

    /// <summary>Whether the tag was right. Set by opening.</summary>
    public bool IsAuthentic { get; set; }
}
