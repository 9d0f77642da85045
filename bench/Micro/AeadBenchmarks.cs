using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Warren.Protocol.Crypto;
using Bcl = System.Security.Cryptography.ChaCha20Poly1305;
using Ours = Warren.Protocol.Crypto.ChaCha20Poly1305;

namespace Warren.Bench.Micro;

/// <summary>ChaCha20-Poly1305 per packet: the base library's (libcrypto), ours one packet at a time, ours in batches.</summary>
/// <remarks>
/// All go through the same packets. Sealing reads one buffer and writes another, as an engine does. Opening is in place, as an
/// engine does; the copy that brings the sealed text back is part of all three.
/// </remarks>
public class AeadBenchmarks : IDisposable
{
    /// <summary>Packets per invocation: times are of one. A multiple of each batch.</summary>
    private const int Packets = 184;

    private byte[] _key = [];
    private byte[] _plaintext = [];
    private byte[] _sealed = [];
    private byte[] _work = [];
    private AeadPacket[] _packets = [];
    private Bcl? _bcl;

    /// <summary>Bytes of text in a packet: the least UDP, a small one, a full one in 1,500, a jumbo frame's.</summary>
    [Params(64, 256, 1420, 9000)]
    public int Size { get; set; }

    /// <summary>Packets of one batch: one, a few, a TCP super-packet's.</summary>
    [Params(1, 8, 46)]
    public int Batch { get; set; }

    /// <summary>Makes the packets.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var sealedSize = Size + Ours.TagSize;
        _key = RandomNumberGenerator.GetBytes(Ours.KeySize);
        _plaintext = RandomNumberGenerator.GetBytes(Batch * Size);
        _sealed = new byte[Batch * sealedSize];
        _work = new byte[Batch * sealedSize];
        _packets = new AeadPacket[Batch];
        for (var i = 0; i < Batch; i++)
        {
            _packets[i] = new AeadPacket
            {
                Counter = (ulong)i,
                Source = i * Size,
                Destination = i * sealedSize,
                Length = Size,
                PaddedLength = Size,
            };
        }

        _bcl = new Bcl(_key);
        ChaCha20Poly1305Batch.Seal(_key, _plaintext, _sealed, _packets);
        SealBcl();
        if (!_work.AsSpan().SequenceEqual(_sealed))
            throw new InvalidOperationException("ours and the base library's differ");
    }

    /// <summary>The base library seals packet by packet.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Packets), BenchmarkCategory("seal")]
    public void SealBcl()
    {
        Span<byte> nonce = stackalloc byte[Ours.NonceSize];
        nonce.Clear();
        for (var done = 0; done < Packets; done += Batch)
        {
            foreach (ref readonly var packet in _packets.AsSpan())
            {
                BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], packet.Counter);
                var output = _work.AsSpan(packet.Destination, Size + Ours.TagSize);
                _bcl!.Encrypt(nonce, _plaintext.AsSpan(packet.Source, Size), output[..Size], output[Size..]);
            }
        }
    }

    /// <summary>Ours seals packet by packet.</summary>
    [Benchmark(OperationsPerInvoke = Packets), BenchmarkCategory("seal")]
    public void SealAlone()
    {
        Span<byte> nonce = stackalloc byte[Ours.NonceSize];
        nonce.Clear();
        for (var done = 0; done < Packets; done += Batch)
        {
            foreach (ref readonly var packet in _packets.AsSpan())
            {
                BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], packet.Counter);
                Ours.Seal(_key, nonce, [], _plaintext.AsSpan(packet.Source, Size), _work.AsSpan(packet.Destination, Size + Ours.TagSize));
            }
        }
    }

    /// <summary>Ours seals batches.</summary>
    [Benchmark(OperationsPerInvoke = Packets), BenchmarkCategory("seal")]
    public void SealBatch()
    {
        for (var done = 0; done < Packets; done += Batch)
            ChaCha20Poly1305Batch.Seal(_key, _plaintext, _work, _packets);
    }

    /// <summary>The base library opens packet by packet.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Packets), BenchmarkCategory("open")]
    public void OpenBcl()
    {
        Span<byte> nonce = stackalloc byte[Ours.NonceSize];
        nonce.Clear();
        for (var done = 0; done < Packets; done += Batch)
        {
            _sealed.CopyTo(_work, 0);
            foreach (ref readonly var packet in _packets.AsSpan())
            {
                BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], packet.Counter);
                var text = _work.AsSpan(packet.Destination, Size + Ours.TagSize);
                _bcl!.Decrypt(nonce, text[..Size], text[Size..], text[..Size]);
            }
        }
    }

    /// <summary>Ours opens packet by packet.</summary>
    [Benchmark(OperationsPerInvoke = Packets), BenchmarkCategory("open")]
    public void OpenAlone()
    {
        Span<byte> nonce = stackalloc byte[Ours.NonceSize];
        nonce.Clear();
        for (var done = 0; done < Packets; done += Batch)
        {
            _sealed.CopyTo(_work, 0);
            foreach (ref readonly var packet in _packets.AsSpan())
            {
                BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], packet.Counter);
                var text = _work.AsSpan(packet.Destination, Size + Ours.TagSize);
                if (!Ours.TryOpen(_key, nonce, [], text, text[..Size]))
                    throw new InvalidOperationException("a packet is not authentic");
            }
        }
    }

    /// <summary>Ours opens batches.</summary>
    [Benchmark(OperationsPerInvoke = Packets), BenchmarkCategory("open")]
    public void OpenBatch()
    {
        for (var done = 0; done < Packets; done += Batch)
        {
            _sealed.CopyTo(_work, 0);
            if (ChaCha20Poly1305Batch.Open(_key, _work, _packets) != Batch)
                throw new InvalidOperationException("a packet is not authentic");
        }
    }

    /// <summary>Frees the base library's key.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _bcl?.Dispose();
        GC.SuppressFinalize(this);
    }
}
