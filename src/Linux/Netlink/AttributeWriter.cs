using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>Writes netlink attributes one behind the other into a buffer of the caller's.</summary>
/// <remarks>
/// Sticky: what does not fit is not written, nor anything after it, and <see cref="HasOverflowed"/> says so until
/// <see cref="Rewind"/>. Numbers are in the machine's byte order, as the kernel's.
/// </remarks>
public ref struct AttributeWriter
{
    private const int HeaderSize = 4;

    private readonly Span<byte> _buffer;

    /// <summary>Writes from the start of <paramref name="buffer"/>.</summary>
    public AttributeWriter(Span<byte> buffer) => _buffer = buffer;

    /// <summary>Bytes written so far, a multiple of four.</summary>
    public int Length { get; private set; }

    /// <summary>Whether something did not fit.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>What was written so far; borrowed from the buffer.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    /// <summary>Adds an attribute of bytes.</summary>
    public void Add(ushort type, scoped ReadOnlySpan<byte> payload)
    {
        if (Reserve(type, payload.Length) is { IsEmpty: false } place) payload.CopyTo(place[HeaderSize..]);
    }

    /// <summary>Adds an attribute without a payload: its presence is what it says.</summary>
    public void AddFlag(ushort type) => Reserve(type, 0);

    /// <summary>Adds an 8-bit number.</summary>
    public void AddByte(ushort type, byte value) => Add(type, [value]);

    /// <summary>Adds a 16-bit number.</summary>
    public void AddUInt16(ushort type, ushort value) => AddValue(type, value);

    /// <summary>Adds a 32-bit number.</summary>
    public void AddUInt32(ushort type, uint value) => AddValue(type, value);

    /// <summary>Adds a 64-bit number.</summary>
    public void AddUInt64(ushort type, ulong value) => AddValue(type, value);

    /// <summary>Adds text, ended by a zero.</summary>
    public void AddText(ushort type, string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        if (Reserve(type, length + 1) is { IsEmpty: false } place) Encoding.UTF8.GetBytes(value, place[HeaderSize..]);
    }

    /// <summary>Starts an attribute that holds attributes; <see cref="End"/> takes what this returns.</summary>
    public int Begin(ushort type)
    {
        int mark = Length;
        Reserve((ushort)(type | LinuxNetlink.NLA_F_NESTED), 0);
        return mark;
    }

    /// <summary>Starts an attribute that holds attributes without the NLA_F_NESTED flag, as the oldest families want it.</summary>
    public int BeginPlain(ushort type)
    {
        int mark = Length;
        Reserve(type, 0);
        return mark;
    }

    /// <summary>Ends what <see cref="Begin"/> started, at everything written since.</summary>
    public void End(int mark)
    {
        if (HasOverflowed) return;
        if (Length - mark > ushort.MaxValue) HasOverflowed = true;
        else BinaryPrimitives.WriteUInt16LittleEndian(_buffer[mark..], (ushort)(Length - mark));
    }

    /// <summary>Forgets everything written since <see cref="Length"/> was <paramref name="length"/>, and that something did not fit.</summary>
    public void Rewind(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
        HasOverflowed = false;
    }

    /// <summary>Writes a fixed structure that stands before or between attributes.</summary>
    internal void AddStructure<T>(T value) where T : unmanaged
    {
        int size = (Unsafe.SizeOf<T>() + 3) & ~3;
        if (Fits(size) is { IsEmpty: false } place) MemoryMarshal.Write(place, value);
    }

    /// <summary>Copies attributes that were written elsewhere.</summary>
    internal void AddRaw(scoped ReadOnlySpan<byte> attributes)
    {
        if (Fits((attributes.Length + 3) & ~3) is { IsEmpty: false } place) attributes.CopyTo(place);
    }

    private void AddValue<T>(ushort type, T value) where T : unmanaged => Add(type, MemoryMarshal.AsBytes([value]));

    /// <summary>An attribute's header and its zeroed payload; empty when it does not fit.</summary>
    private Span<byte> Reserve(ushort type, int length)
    {
        if (length > ushort.MaxValue - HeaderSize)
        {
            HasOverflowed = true;
            return default;
        }

        Span<byte> place = Fits((HeaderSize + length + 3) & ~3);
        if (place.IsEmpty) return default;
        BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)(HeaderSize + length));
        BinaryPrimitives.WriteUInt16LittleEndian(place[2..], type);
        return place;
    }

    private Span<byte> Fits(int size)
    {
        if (HasOverflowed || size > _buffer.Length - Length)
        {
            HasOverflowed = true;
            return default;
        }

        Span<byte> place = _buffer.Slice(Length, size);
        place.Clear();
        Length += size;
        return place;
    }
}
