using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Warren.Protocol.Crypto;

/// <summary>X25519 (RFC 7748, 5) of eight independent scalars and points side by side. Constant time in all of them.</summary>
internal static class X25519Vector512
{
    /// <summary>Pairs per call.</summary>
    public const int Lanes = FieldVector512.Lanes;

    private const int Words = X25519.Size / sizeof(ulong);
    private const int Limbs = 5;
    private const int TopBit = 254;

    /// <summary>(A - 2) / 4 for Curve25519's A = 486662.</summary>
    private const double A24 = 121665;

    /// <summary>Whether this processor has what it takes.</summary>
    public static bool IsSupported => FieldVector512.IsSupported;

    /// <summary>shared = scalar * point in each of eight lanes of 32 bytes; scalars are clamped here. Zeros for a point of low order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScalarMult(ReadOnlySpan<byte> scalars, ReadOnlySpan<byte> points, Span<byte> shared)
    {
        var memory = default(Memory);
        try
        {
            memory.Ladder.Start(Read(points));
            memory.Turns = ReadTurns(scalars);
            for (var i = TopBit; i >= 0; i--)
                memory.Ladder.Step(memory.Turns[i >> 6] >>> (i & 63));
            memory.Ladder.Finish(ref memory.Result);
            Write(memory.Result, shared);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Memory>(ref memory)));
        }
    }

    private static FieldVector512 Read(ReadOnlySpan<byte> points)
    {
        Span<double> limbs = stackalloc double[Limbs * Lanes];
        Span<long> balanced = stackalloc long[Limbs];
        for (var lane = 0; lane < Lanes; lane++)
        {
            FieldElement.Read(points.Slice(lane * X25519.Size, X25519.Size)).Balance(balanced);
            for (var i = 0; i < Limbs; i++)
                limbs[(i * Lanes) + lane] = balanced[i];
        }

        return FieldVector512.Load(limbs);
    }

    private static void Write(in FieldVector512 values, Span<byte> bytes)
    {
        Span<double> limbs = stackalloc double[Limbs * Lanes];
        Span<long> balanced = stackalloc long[Limbs];
        values.Store(limbs);
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < Limbs; i++)
                balanced[i] = (long)limbs[(i * Lanes) + lane];
            FieldElement.Write(FieldElement.FromBalanced(balanced), bytes.Slice(lane * X25519.Size, X25519.Size));
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(balanced));
    }

    // Bit i says whether bits i and i + 1 of the scalar differ: whether the ladder's points change places before step i.
    // A clamped scalar begins and ends with zeros, so they stand where they began after the last step.
    private static TurnWords ReadTurns(ReadOnlySpan<byte> scalars)
    {
        var turns = default(TurnWords);
        Span<byte> clamped = stackalloc byte[X25519.Size];
        Span<ulong> words = stackalloc ulong[Words * Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            scalars.Slice(lane * X25519.Size, X25519.Size).CopyTo(clamped);
            X25519.Clamp(clamped);
            var above = 0ul;
            for (var i = Words - 1; i >= 0; i--)
            {
                var word = BinaryPrimitives.ReadUInt64LittleEndian(clamped[(i * sizeof(ulong))..]);
                words[(i * Lanes) + lane] = word ^ ((word >> 1) | (above << 63));
                above = word;
            }
        }

        for (var i = 0; i < Words; i++)
            turns[i] = Vector512.Create<ulong>(words[(i * Lanes)..]);
        CryptographicOperations.ZeroMemory(clamped);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(words));
        return turns;
    }

    // Everything secret of one call in one place, to be cleared at once.
    private struct Memory
    {
        public Ladder Ladder;
        public TurnWords Turns;
        public FieldVector512 Result;
    }

    [InlineArray(Words)]
    private struct TurnWords
    {
        private Vector512<ulong> _first;
    }

    /// <summary>The two points of the ladder as sum and difference of their coordinates, which is all a step asks for.</summary>
    private struct Ladder
    {
        private FieldVector512 _x1;
        private FieldVector512 _a, _b; // x2 + z2, x2 - z2
        private FieldVector512 _c, _d; // x3 + z3, x3 - z3
        private FieldVector512 _aa, _bb, _e, _f;

        public void Start(in FieldVector512 point)
        {
            _x1 = point;
            _a = _b = FieldVector512.One;
            FieldVector512.Add(ref _c, point, FieldVector512.One);
            FieldVector512.Subtract(ref _d, point, FieldVector512.One);
        }

        /// <summary>Lets the points change places where the lowest bit of a lane is 1, then doubles one and adds the two.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Step(Vector512<ulong> turn)
        {
            var mask = (Vector512<ulong>.Zero - (turn & Vector512<ulong>.One)).AsDouble();
            FieldVector512.Swap(ref _a, ref _c, mask);
            FieldVector512.Swap(ref _b, ref _d, mask);

            FieldVector512.Square(ref _aa, _a);
            FieldVector512.Square(ref _bb, _b);
            FieldVector512.MultiplyTwice(ref _c, ref _d, _d, _a, _c, _b);
            FieldVector512.Square(ref _f, _d);
            FieldVector512.SquareAndMultiply(ref _c, ref _d, _c, _x1, _f);

            FieldVector512.Subtract(ref _e, _aa, _bb);
            FieldVector512.MultiplySmallAndAdd(ref _f, _e, A24, _aa);
            FieldVector512.MultiplyTwice(ref _a, ref _b, _aa, _bb, _e, _f);
        }

        /// <summary>The affine u of the first point: x2 / z2, each in twice its size.</summary>
        public void Finish(ref FieldVector512 result)
        {
            FieldVector512.Add(ref _e, _a, _b);
            FieldVector512.Subtract(ref _f, _a, _b);
            FieldVector512.Multiply(ref _f, _f, FieldVector512.One);
            FieldVector512.Invert(ref _f, _f);
            FieldVector512.Multiply(ref result, _e, _f);
        }
    }
}
