using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20 over the blocks of several packets of one key: a lane takes whichever block is next.</summary>
/// <remarks>Block 0 of each packet, which keys its Poly1305, comes first of all packets; then block after block of each.</remarks>
internal ref struct ChaCha20Lanes
{
    private const int MaxLanes = ChaCha20Vector512.Lanes;

    // Per word, room for a whole vector that begins in the last lane.
    private const int WordStride = 2 * MaxLanes;
    private const int StreamSize = MaxLanes * ChaCha20.BlockSize;

    /// <summary>How many bytes it works in; all of them are secret.</summary>
    public const int ScratchSize = StreamSize + (ChaCha20.StateWords + 3 * WordStride) * sizeof(uint);

    private readonly VectorWidth _width;
    private readonly int _lanes;
    private readonly Span<byte> _stream;
    private readonly Span<uint> _state;
    private readonly Span<uint> _blockCounters;
    private readonly Span<uint> _counterLow;
    private readonly Span<uint> _counterHigh;

    // The next block to be given a lane, and the first one in the stream that was not used yet with its lane.
    private int _packet, _block;
    private int _usedPacket, _usedBlock, _usedLane;

    public ChaCha20Lanes(ReadOnlySpan<byte> key, VectorWidth width, Span<byte> scratch)
    {
        _width = width;
        _lanes = Count(width);
        _stream = scratch[..StreamSize];
        var words = MemoryMarshal.Cast<byte, uint>(scratch[StreamSize..]);
        _state = words[..ChaCha20.StateWords];
        _blockCounters = words.Slice(ChaCha20.StateWords, WordStride);
        _counterLow = words.Slice(ChaCha20.StateWords + WordStride, WordStride);
        _counterHigh = words.Slice(ChaCha20.StateWords + 2 * WordStride, WordStride);
        Span<byte> nonce = stackalloc byte[ChaCha20.NonceSize];
        nonce.Clear();
        ChaCha20.Start(_state, key, 0, nonce);
    }

    /// <summary>How many lanes a width has.</summary>
    public static int Count(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => ChaCha20Vector512.Lanes,
        VectorWidth.Vector256 => ChaCha20Vector256.Lanes,
        _ => ChaCha20Vector128.Lanes,
    };

    /// <summary>Makes the first pass: block 0 of each packet, at most one per lane, to <paramref name="keys"/>.</summary>
    public void Begin(scoped ReadOnlySpan<AeadPacket> packets, scoped Span<byte> keys)
    {
        for (var i = 0; i < packets.Length; i++)
            FillLanes(i, packets[i].Counter, 0);
        _usedLane = packets.Length;
        (_packet, _block, _usedPacket, _usedBlock) = (0, 0, 0, 0);
        Fill(packets, packets.Length);
        _stream[..(packets.Length * ChaCha20.BlockSize)].CopyTo(keys);
    }

    /// <summary>Adds the keystream to the text of every packet that is authentic.</summary>
    public void Crypt(
        scoped ReadOnlySpan<byte> source, scoped Span<byte> destination, scoped ReadOnlySpan<AeadPacket> packets)
    {
        while (true)
        {
            Use(source, destination, packets);
            if (_packet == packets.Length)
                return;
            _usedLane = 0;
            Fill(packets, 0);
        }
    }

    private static int Blocks(in AeadPacket packet) => (int)(((uint)packet.PaddedLength + ChaCha20.BlockSize - 1) / ChaCha20.BlockSize);

    /// <summary>Gives the free lanes the next blocks, then computes all lanes.</summary>
    private void Fill(scoped ReadOnlySpan<AeadPacket> packets, int lane)
    {
        while (lane < _lanes && _packet < packets.Length)
        {
            ref readonly var packet = ref packets[_packet];
            var run = Math.Min(Blocks(packet) - _block, _lanes - lane);
            if (run > 0)
                FillLanes(lane, packet.Counter, (uint)_block + 1);
            lane += run;
            _block += run;
            if (_block == Blocks(packet))
                (_packet, _block) = (_packet + 1, 0);
        }

        Compute(lane);
    }

    /// <summary>Gives the lanes from <paramref name="lane"/> on to consecutive blocks of one packet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void FillLanes(int lane, ulong counter, uint block)
    {
        if (_lanes == MaxLanes)
        {
            (Vector512.Create(block) + Vector512<uint>.Indices).CopyTo(_blockCounters[lane..]);
            Vector512.Create((uint)counter).CopyTo(_counterLow[lane..]);
            Vector512.Create((uint)(counter >> 32)).CopyTo(_counterHigh[lane..]);
            return;
        }

        for (; lane < _lanes; lane += Vector128<uint>.Count, block += (uint)Vector128<uint>.Count)
        {
            (Vector128.Create(block) + Vector128<uint>.Indices).CopyTo(_blockCounters[lane..]);
            Vector128.Create((uint)counter).CopyTo(_counterLow[lane..]);
            Vector128.Create((uint)(counter >> 32)).CopyTo(_counterHigh[lane..]);
        }
    }

    private readonly void Compute(int lanes)
    {
        if (lanes == 0)
            return;
        if (_width >= VectorWidth.Vector512 && lanes > ChaCha20Vector256.Lanes)
        {
            ChaCha20Vector512.Blocks(_state, Vector512.Create<uint>(_blockCounters), Vector512<uint>.Zero,
                Vector512.Create<uint>(_counterLow), Vector512.Create<uint>(_counterHigh), _stream);
        }
        else if (_width >= VectorWidth.Vector256 && lanes > ChaCha20Vector128.Lanes)
        {
            ChaCha20Vector256.Blocks(_state, Vector256.Create<uint>(_blockCounters), Vector256<uint>.Zero,
                Vector256.Create<uint>(_counterLow), Vector256.Create<uint>(_counterHigh), _stream);
        }
        else if (_width == VectorWidth.Scalar)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                (_state[12], _state[14], _state[15]) = (_blockCounters[lane], _counterLow[lane], _counterHigh[lane]);
                ChaCha20.Keystream(_state, _stream.Slice(lane * ChaCha20.BlockSize, ChaCha20.BlockSize), _width);
            }
        }
        else
        {
            ChaCha20Vector128.Blocks(_state, Vector128.Create<uint>(_blockCounters), Vector128<uint>.Zero,
                Vector128.Create<uint>(_counterLow), Vector128.Create<uint>(_counterHigh), _stream);
        }
    }

    /// <summary>Adds what the lanes hold to the text they were made for.</summary>
    private void Use(
        scoped ReadOnlySpan<byte> source, scoped Span<byte> destination, scoped ReadOnlySpan<AeadPacket> packets)
    {
        while (_usedPacket < _packet || (_usedPacket == _packet && _usedBlock < _block))
        {
            ref readonly var packet = ref packets[_usedPacket];
            var end = _usedPacket < _packet ? Blocks(packet) : _block;
            var run = end - _usedBlock;
            if (run > 0 && packet.IsAuthentic)
            {
                Combine(source, destination, packet, _usedBlock * ChaCha20.BlockSize,
                    _stream.Slice(_usedLane * ChaCha20.BlockSize, run * ChaCha20.BlockSize));
            }

            _usedLane += run;
            _usedBlock = end;
            if (_usedPacket < _packet)
                (_usedPacket, _usedBlock) = (_usedPacket + 1, 0);
        }
    }

    /// <summary>Seals or opens the bytes of a packet from <paramref name="start"/> on, as far as the stream reaches.</summary>
    private static void Combine(
        ReadOnlySpan<byte> source, Span<byte> destination, in AeadPacket packet, int start, Span<byte> stream)
    {
        var end = Math.Min(start + stream.Length, packet.PaddedLength);
        var output = destination.Slice(packet.Destination + start, end - start);
        var inPlace = Math.Clamp(packet.InPlace - start, 0, output.Length);
        var text = Math.Clamp(packet.Length - start, 0, output.Length);
        if (inPlace > 0)
            Xor(output[..inPlace], stream, output);
        if (inPlace < text)
        {
            Xor(source.Slice(packet.Source + start + inPlace - packet.InPlace, text - inPlace), stream[inPlace..],
                output[inPlace..]);
        }

        if (text < output.Length)
            stream[text..output.Length].CopyTo(output[text..]);
    }

    /// <summary>output = input xor stream, as long as the input.</summary>
    private static void Xor(ReadOnlySpan<byte> input, ReadOnlySpan<byte> stream, Span<byte> output)
    {
        var length = input.Length;
        stream = stream[..length];
        output = output[..length];

        // SAFETY: all three are of this length.
        ref var i = ref MemoryMarshal.GetReference(input);
        ref var s = ref MemoryMarshal.GetReference(stream);
        ref var o = ref MemoryMarshal.GetReference(output);
        nuint at = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; at + 64 <= (nuint)length; at += 64)
                (Vector512.LoadUnsafe(ref i, at) ^ Vector512.LoadUnsafe(ref s, at)).StoreUnsafe(ref o, at);
        }

        for (; at + 16 <= (nuint)length; at += 16)
            (Vector128.LoadUnsafe(ref i, at) ^ Vector128.LoadUnsafe(ref s, at)).StoreUnsafe(ref o, at);
        for (; at + 4 <= (nuint)length; at += 4)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref o, at), Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref i, at)) ^
                Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref s, at)));
        }

        for (; at < (nuint)length; at++)
            Unsafe.Add(ref o, at) = (byte)(Unsafe.Add(ref i, at) ^ Unsafe.Add(ref s, at));
    }
}
