using System.Runtime.Intrinsics;

namespace Warren.Protocol.Crypto;

/// <summary>What this processor has.</summary>
internal static class VectorWidths
{
    /// <summary>The widest with hardware behind it; a constant once compiled.</summary>
    public static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Vector512 :
        Vector256.IsHardwareAccelerated ? VectorWidth.Vector256 :
        Vector128.IsHardwareAccelerated ? VectorWidth.Vector128 : VectorWidth.Scalar;
}
