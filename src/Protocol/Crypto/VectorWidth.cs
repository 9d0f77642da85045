namespace Warren.Protocol.Crypto;

/// <summary>How many blocks of ChaCha20 are computed side by side. Ordered: a wider one falls back to the narrower for what is left.</summary>
internal enum VectorWidth
{
    /// <summary>One block, on 32-bit words.</summary>
    Scalar,

    /// <summary>Four blocks.</summary>
    Vector128,

    /// <summary>Eight blocks.</summary>
    Vector256,

    /// <summary>Sixteen blocks.</summary>
    Vector512,
}
