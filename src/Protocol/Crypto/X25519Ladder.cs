using System;

namespace Warren.Protocol.Crypto;

/// <summary>The two points of the Montgomery ladder (RFC 7748, 5), in projective coordinates.</summary>
internal struct X25519Ladder
{
    /// <summary>(A - 2) / 4 for Curve25519's A = 486662.</summary>
    private const uint A24 = 121665;

    private FieldElement _x1, _x2, _z2, _x3, _z3;

    // Scratch of one step: fields, so that clearing the ladder clears them too.
    private FieldElement _a, _b, _c, _d, _aa, _bb;
    private ulong _swapped;

    /// <summary>Starts at zero times and one times a point.</summary>
    public void Start(in FieldElement point)
    {
        _x1 = point;
        _x2 = FieldElement.One;
        _z2 = default;
        _x3 = point;
        _z3 = FieldElement.One;
        _swapped = 0;
    }

    /// <summary>Takes one bit of the scalar, the highest first: doubles one point and adds the two.</summary>
    public void Step(uint bit)
    {
        FieldElement.Swap(ref _x2, ref _x3, _swapped ^ bit);
        FieldElement.Swap(ref _z2, ref _z3, _swapped ^ bit);
        _swapped = bit;

        FieldElement.Add(ref _a, _x2, _z2);
        FieldElement.Subtract(ref _b, _x2, _z2);
        FieldElement.Add(ref _c, _x3, _z3);
        FieldElement.Subtract(ref _d, _x3, _z3);
        FieldElement.Multiply(ref _d, _d, _a);
        FieldElement.Multiply(ref _c, _c, _b);
        FieldElement.Square(ref _aa, _a);
        FieldElement.Square(ref _bb, _b);

        FieldElement.Add(ref _x3, _d, _c);
        FieldElement.Square(ref _x3, _x3);
        FieldElement.Subtract(ref _z3, _d, _c);
        FieldElement.Square(ref _z3, _z3);
        FieldElement.Multiply(ref _z3, _z3, _x1);

        FieldElement.Multiply(ref _x2, _aa, _bb);
        FieldElement.Subtract(ref _bb, _aa, _bb);
        FieldElement.MultiplySmall(ref _z2, _bb, A24);
        FieldElement.Add(ref _z2, _z2, _aa);
        FieldElement.Multiply(ref _z2, _z2, _bb);
    }

    /// <summary>Ends the ladder and writes the affine u of the first point.</summary>
    public void Finish(Span<byte> u)
    {
        FieldElement.Swap(ref _x2, ref _x3, _swapped);
        FieldElement.Swap(ref _z2, ref _z3, _swapped);
        FieldElement.Invert(ref _z2, _z2);
        FieldElement.Multiply(ref _x2, _x2, _z2);
        FieldElement.Write(_x2, u);
    }
}
