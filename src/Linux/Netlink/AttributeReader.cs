using System;
using System.Buffers.Binary;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>Reads netlink attributes one after the other.</summary>
/// <remarks>
/// Sticky: a length that does not fit ends the reading, a payload of the wrong size reads as zero, and both leave
/// <see cref="IsMalformed"/> set. Unknown types are passed over by whoever does not ask for them. Never throws.
/// </remarks>
public ref struct AttributeReader
{
    private const int HeaderSize = 4;

    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads what <paramref name="attributes"/> holds; borrowed.</summary>
    public AttributeReader(ReadOnlySpan<byte> attributes) => _rest = attributes;

    /// <summary>The current attribute's type, without the two flag bits.</summary>
    public ushort Type { get; private set; }

    /// <summary>The current attribute's bytes; borrowed.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Whether anything so far was not as it must be.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next attribute; false at the end.</summary>
    public bool Next()
    {
        if (_rest.Length < HeaderSize)
        {
            IsMalformed |= _rest.Length != 0;
            _rest = default;
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        if (length < HeaderSize || length > _rest.Length)
        {
            IsMalformed = true;
            _rest = default;
            return false;
        }

        Type = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]) & LinuxNetlink.NLA_TYPE_MASK);
        Payload = _rest[HeaderSize..length];
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }

    /// <summary>The current attribute as an 8-bit number.</summary>
    public byte Byte() => Sized(1) ? Payload[0] : (byte)0;

    /// <summary>The current attribute as a 16-bit number.</summary>
    public ushort UInt16() => Sized(2) ? BinaryPrimitives.ReadUInt16LittleEndian(Payload) : (ushort)0;

    /// <summary>The current attribute as a 32-bit number.</summary>
    public uint UInt32() => Sized(4) ? BinaryPrimitives.ReadUInt32LittleEndian(Payload) : 0;

    /// <summary>The current attribute as a 64-bit number.</summary>
    public ulong UInt64() => Sized(8) ? BinaryPrimitives.ReadUInt64LittleEndian(Payload) : 0;

    /// <summary>The current attribute as text, up to its first zero.</summary>
    public readonly string Text()
    {
        int end = Payload.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? Payload : Payload[..end]);
    }

    /// <summary>A reader of the attributes inside the current one; ask it, too, whether it is malformed.</summary>
    public readonly AttributeReader Nested() => new(Payload);

    private bool Sized(int size)
    {
        if (Payload.Length == size) return true;
        IsMalformed = true;
        return false;
    }
}
