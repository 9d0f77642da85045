using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;

namespace Warren.Engine.Uapi;

/// <summary>An answer on its way: written to the end, sent from the start, in pieces that are zeroed and let go as they are sent.</summary>
/// <remarks>
/// One thread's. Answers hold keys, and that of ten thousand peers has 4 MiB: one growing array would leave both behind, copy by copy.
/// </remarks>
internal sealed class AnswerQueue : Stream
{
    private const int PieceSize = 32768;

    private readonly Queue<byte[]> _pieces = new();
    private byte[]? _last;
    private int _sent; // Of the first piece.
    private int _written = PieceSize; // Of the last piece.

    /// <summary>Whether everything was sent.</summary>
    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>What is to be sent next: valid until <see cref="Sent"/>.</summary>
    public ReadOnlySpan<byte> Next =>
        _pieces.TryPeek(out var piece) ? piece.AsSpan(_sent, (_pieces.Count == 1 ? _written : PieceSize) - _sent) : default;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first <paramref name="count"/> bytes of <see cref="Next"/> have left.</summary>
    public void Sent(int count)
    {
        _sent += count;
        if (!Next.IsEmpty)
            return;
        CryptographicOperations.ZeroMemory(_pieces.Dequeue());
        _sent = 0;
        if (IsEmpty)
            (_last, _written) = (null, PieceSize);
    }

    /// <summary>Zeroes what was not sent.</summary>
    public void Clear()
    {
        while (!IsEmpty)
            Sent(Next.Length);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_written == PieceSize)
            {
                _pieces.Enqueue(_last = new byte[PieceSize]);
                _written = 0;
            }

            var count = Math.Min(buffer.Length, PieceSize - _written);
            buffer[..count].CopyTo(_last.AsSpan(_written));
            _written += count;
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
