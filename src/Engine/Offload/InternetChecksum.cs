using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Warren.Engine.Offload;

/// <summary>The checksum of IP, TCP and UDP (RFC 1071): the ones' complement sum of 16-bit words.</summary>
/// <remarks>
/// Sums are kept wide and in the machine's byte order, which RFC 1071 §2 (B) allows: the folded sum, written in that order, is right on the
/// wire. Parts may be summed one after the other where each but the last has an even length.
/// </remarks>
internal static class InternetChecksum
{
    private const ulong Low = 0xffff_ffff;

    private static int Widest => Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : Vector128.IsHardwareAccelerated ? 16 : 0;

    /// <summary>Adds <paramref name="bytes"/> to a sum; an odd last byte counts as if a zero followed.</summary>
    public static ulong Add(ulong sum, ReadOnlySpan<byte> bytes) => Add(sum, bytes, Widest);

    /// <summary>As <see cref="Add(ulong, ReadOnlySpan{byte})"/>, with vectors of at most <paramref name="widest"/> bytes, for tests: 64, 32, 16 or 0.</summary>
    internal static ulong Add(ulong sum, ReadOnlySpan<byte> bytes, int widest)
    {
        // Each 64-bit lane takes two 32-bit halves: no carry is lost below 2^31 vectors.
        if (widest >= Vector512<byte>.Count && bytes.Length >= Vector512<byte>.Count)
        {
            var lanes = Vector512<ulong>.Zero;
            for (; bytes.Length >= Vector512<byte>.Count; bytes = bytes[Vector512<byte>.Count..])
            {
                var words = Vector512.Create(bytes).AsUInt64();
                lanes += (words & Vector512.Create(Low)) + (words >>> 32);
            }

            sum = Fold64(sum, Vector512.Sum(lanes));
        }

        if (widest >= Vector256<byte>.Count && bytes.Length >= Vector256<byte>.Count)
        {
            var lanes = Vector256<ulong>.Zero;
            for (; bytes.Length >= Vector256<byte>.Count; bytes = bytes[Vector256<byte>.Count..])
            {
                var words = Vector256.Create(bytes).AsUInt64();
                lanes += (words & Vector256.Create(Low)) + (words >>> 32);
            }

            sum = Fold64(sum, Vector256.Sum(lanes));
        }

        if (widest >= Vector128<byte>.Count && bytes.Length >= Vector128<byte>.Count)
        {
            var lanes = Vector128<ulong>.Zero;
            for (; bytes.Length >= Vector128<byte>.Count; bytes = bytes[Vector128<byte>.Count..])
            {
                var words = Vector128.Create(bytes).AsUInt64();
                lanes += (words & Vector128.Create(Low)) + (words >>> 32);
            }

            sum = Fold64(sum, Vector128.Sum(lanes));
        }

        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
            sum += MemoryMarshal.Read<uint>(bytes);
        if (bytes.Length >= sizeof(ushort))
        {
            sum += MemoryMarshal.Read<ushort>(bytes);
            bytes = bytes[sizeof(ushort)..];
        }

        if (!bytes.IsEmpty)
            sum += BitConverter.IsLittleEndian ? bytes[0] : (uint)bytes[0] << 8;
        return sum;
    }

    /// <summary>Adds a number that stands in the packet as a 16-bit word in network order.</summary>
    public static ulong AddWord(ulong sum, ushort value) =>
        sum + (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>Adds what the pseudo-header of TCP and UDP has beside the addresses (RFC 9293 §3.1, RFC 8200 §8.1).</summary>
    /// <param name="sum">The sum so far.</param>
    /// <param name="protocol">6 or 17.</param>
    /// <param name="length">Bytes of transport header and payload.</param>
    public static ulong AddPseudoHeader(ulong sum, byte protocol, int length) =>
        AddWord(AddWord(AddWord(sum, protocol), (ushort)length), (ushort)(length >> 16));

    /// <summary>The sum in 16 bits, as it is written into a packet by <see cref="Write"/>; not complemented.</summary>
    public static ushort Fold(ulong sum)
    {
        sum = (sum & Low) + (sum >> 32);
        sum = (sum & 0xffff) + ((sum >> 16) & 0xffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)sum;
    }

    /// <summary>Writes a folded sum, or its complement, as it stands in a packet.</summary>
    public static void Write(Span<byte> field, ushort folded) => MemoryMarshal.Write(field, folded);

    private static ulong Fold64(ulong sum, ulong more) => (sum & Low) + (sum >> 32) + (more & Low) + (more >> 32);
}
