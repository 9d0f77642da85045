using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Warren.Protocol.Crypto;

/// <summary>ChaCha20 over the blocks of several packets of one key: a lane takes whichever block is next.</summary>
/// <remarks>
/// Whole blocks of text that lie where most do are <i>direct</i>: added to the keystream in registers, as many as fill all
/// lanes of all their passes. The others are <i>streamed</i>, through a buffer of keystream: block 0 of each packet, which keys its
/// Poly1305, first of all; then the end of each text, what stands in place while others do not, and what is left over.
/// </remarks>
internal ref struct ChaCha20Lanes
{
    /// <summary>The most lanes, which is the most packets too.</summary>
    public const int MaxCount = ChaCha20Vector512.Lanes;

    private const int StreamSize = MaxCount * ChaCha20.BlockSize;
    private const int StateSize = ChaCha20.StateWords * sizeof(uint);

    /// <summary>How many bytes it works in.</summary>
    public const int ScratchSize = SecretSize + ChaCha20LaneTable.Size;

    /// <summary>How many of them, from the first on, are secret.</summary>
    public const int SecretSize = StreamSize + StateSize;

    private readonly VectorWidth _width;
    private readonly int _lanes;
    private readonly Span<byte> _stream;
    private readonly Span<uint> _state;
    private readonly ChaCha20LaneTable _table;

    // Of each packet, the blocks of text that are direct.
    private Blocks _directBegin, _directEnd;
    private bool _inPlace;

    // The next block to be streamed, and the first one in the stream that was not used yet with its lane.
    private int _packet, _block;
    private int _usedPacket, _usedBlock, _usedLane;

    public ChaCha20Lanes(ReadOnlySpan<byte> key, VectorWidth width, Span<byte> scratch)
    {
        _width = width;
        _lanes = Count(width);
        _stream = scratch[..StreamSize];
        _state = MemoryMarshal.Cast<byte, uint>(scratch.Slice(StreamSize, StateSize));
        _table = new ChaCha20LaneTable(scratch[SecretSize..]);
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
        Plan(packets);
        for (var i = 0; i < packets.Length; i++)
            _table.Add(i, 1, i, 0);
        _usedLane = packets.Length;
        (_packet, _block, _usedPacket, _usedBlock) = (0, 0, 0, 0);
        Fill(packets, packets.Length);
        for (var i = 0; i < packets.Length; i++)
            _stream.Slice(i * ChaCha20.BlockSize, Poly1305.KeySize).CopyTo(keys[(i * Poly1305.KeySize)..]);
    }

    /// <summary>Adds the keystream to the text of every packet that is authentic.</summary>
    public void Crypt(
        scoped ReadOnlySpan<byte> source, scoped Span<byte> destination, scoped ReadOnlySpan<AeadPacket> packets)
    {
        while (true)
        {
            Use(source, destination, packets);
            if (_packet == packets.Length)
                break;
            _usedLane = 0;
            Fill(packets, 0);
        }

        CryptDirect(source, destination, packets);
    }

    private static int BlockCount(in AeadPacket packet) =>
        (int)(((uint)packet.PaddedLength + ChaCha20.BlockSize - 1) / ChaCha20.BlockSize);

    /// <summary>Decides which blocks are direct.</summary>
    private void Plan(scoped ReadOnlySpan<AeadPacket> packets)
    {
        _inPlace = true;
        foreach (ref readonly var packet in packets)
            _inPlace &= packet.InPlace == packet.Length;
        var direct = 0;
        for (var i = 0; i < packets.Length; i++)
        {
            ref readonly var packet = ref packets[i];
            var end = packet.Length / ChaCha20.BlockSize;
            var begin = _inPlace ? 0 : Math.Min(packet.InPlace / ChaCha20.BlockSize, end);
            _table.CounterLow[i] = (uint)packet.Counter;
            _table.CounterHigh[i] = (uint)(packet.Counter >> 32);
            _table.Destinations[i] = (uint)(packet.Destination - ChaCha20.BlockSize);
            _table.Sources[i] = _inPlace ? _table.Destinations[i] : (uint)(packet.Source - packet.InPlace - ChaCha20.BlockSize);
            (_directBegin[i], _directEnd[i]) = (begin, end);
            direct += end - begin;
        }

        // Passes of direct blocks are full ones; the rest helps to fill those of streamed ones.
        var rest = direct % _lanes;
        for (var i = packets.Length - 1; rest > 0; i--)
        {
            var less = Math.Min(rest, _directEnd[i] - _directBegin[i]);
            _directEnd[i] -= less;
            rest -= less;
        }
    }

    /// <summary>Gives the free lanes the next streamed blocks, then computes all lanes.</summary>
    private void Fill(scoped ReadOnlySpan<AeadPacket> packets, int lane)
    {
        while (lane < _lanes && _packet < packets.Length)
        {
            var run = Math.Min(RunEnd(packets, _packet, ref _block) - _block, _lanes - lane);
            if (run > 0)
                _table.Add(lane, run, _packet, _block + 1);
            lane += run;
            _block += run;
            if (_block == BlockCount(packets[_packet]))
                (_packet, _block) = (_packet + 1, 0);
        }

        if (lane > 0)
            Compute(0, lane);
    }

    /// <summary>Skips direct blocks; returns where the streamed ones that follow end.</summary>
    private readonly int RunEnd(scoped ReadOnlySpan<AeadPacket> packets, int packet, ref int block)
    {
        if (block == _directBegin[packet])
            block = _directEnd[packet];
        return block < _directBegin[packet] ? _directBegin[packet] : BlockCount(packets[packet]);
    }

    /// <summary>Makes the keystream of so many lanes of the table, or of more where that costs nothing.</summary>
    private readonly void Compute(int lane, int count)
    {
        if (_width >= VectorWidth.Vector512 && count > ChaCha20Vector256.Lanes)
            ChaCha20Vector512.Blocks(_state, _table, lane, _stream);
        else if (_width >= VectorWidth.Vector256 && count > ChaCha20Vector128.Lanes)
            ChaCha20Vector256.Blocks(_state, _table, lane, _stream);
        else if (_width >= VectorWidth.Vector128)
            ChaCha20Vector128.Blocks(_state, _table, lane, _stream);
        else
            ComputeEach(lane, count);
    }

    private readonly void ComputeEach(int lane, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var packet = _table.LanePackets[lane + i];
            _state[12] = _table.LaneBlocks[lane + i];
            (_state[14], _state[15]) = (_table.CounterLow[packet], _table.CounterHigh[packet]);
            ChaCha20.Keystream(_state, _stream.Slice(i * ChaCha20.BlockSize, ChaCha20.BlockSize), _width);
        }
    }

    /// <summary>Adds what the lanes hold to the text they were made for.</summary>
    private void Use(
        scoped ReadOnlySpan<byte> source, scoped Span<byte> destination, scoped ReadOnlySpan<AeadPacket> packets)
    {
        while (_usedPacket < _packet || _usedBlock < _block)
        {
            var end = RunEnd(packets, _usedPacket, ref _usedBlock);
            if (_usedPacket == _packet)
                end = Math.Min(end, _block);
            var run = end - _usedBlock;
            if (run > 0 && packets[_usedPacket].IsAuthentic)
            {
                Combine(source, destination, packets[_usedPacket], _usedBlock * ChaCha20.BlockSize,
                    _stream.Slice(_usedLane * ChaCha20.BlockSize, run * ChaCha20.BlockSize));
            }

            _usedLane += run;
            _usedBlock = end;
            if (_usedBlock == BlockCount(packets[_usedPacket]))
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

    /// <summary>Adds the keystream to all direct blocks, as many at a time as the table holds.</summary>
    private readonly void CryptDirect(
        scoped ReadOnlySpan<byte> source, scoped Span<byte> destination, scoped ReadOnlySpan<AeadPacket> packets)
    {
        var lane = 0;
        for (var i = 0; i < packets.Length; i++)
        {
            if (!packets[i].IsAuthentic)
                continue;
            for (var block = _directBegin[i]; block < _directEnd[i];)
            {
                var run = Math.Min(_directEnd[i] - block, ChaCha20LaneTable.Capacity - lane);
                _table.Add(lane, run, i, block + 1);
                lane += run;
                block += run;
                if (lane == ChaCha20LaneTable.Capacity)
                {
                    CryptTable(source, destination, lane);
                    lane = 0;
                }
            }
        }

        CryptTable(source, destination, lane);
    }

    private readonly void CryptTable(scoped ReadOnlySpan<byte> source, scoped Span<byte> destination, int lanes)
    {
        var input = _inPlace ? destination : source;
        var done = 0;
        if (_width == VectorWidth.Vector512)
        {
            done = lanes & -ChaCha20Vector512.Lanes;
            ChaCha20Vector512.Crypt(_state, _table, done, input, destination);
        }

        for (; done < lanes; done += _lanes)
        {
            var count = Math.Min(lanes - done, _lanes);
            Compute(done, count);
            for (var lane = 0; lane < count; lane++)
            {
                var packet = _table.LanePackets[done + lane];
                var at = (uint)_table.LaneBlocks[done + lane] * ChaCha20.BlockSize;
                Xor(input.Slice((int)(_table.Sources[packet] + at), ChaCha20.BlockSize), _stream[(lane * ChaCha20.BlockSize)..],
                    destination.Slice((int)(_table.Destinations[packet] + at), ChaCha20.BlockSize));
            }
        }
    }

    /// <summary>output = input xor stream, as long as the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>A number of blocks per packet.</summary>
    [InlineArray(MaxCount)]
    private struct Blocks
    {
        private int _first;
    }
}
