using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Handshakes;

/// <summary>The door for handshake messages to a device: the first mac always, the second and cookie replies under load
/// (§5.4.4, §5.4.7). Keeps no state per sender: a cookie is a mac of the source under a secret of two minutes.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class CookieChecker
{
    internal const int CookieSize = 16;
    internal const int NonceSize = 24;
    internal const int ReplyNonce = 8;
    internal const int ReplyCookie = ReplyNonce + NonceSize;

    private readonly Blake2sMacKey _mac1Key;
    private readonly byte[] _cookieKey = new byte[Noise.KeySize];
    private readonly byte[] _secret = GC.AllocateArray<byte>(Noise.KeySize, pinned: true);
    private readonly Lock _lock = new();
    private Instant _secretExpires = Instant.Zero;

    /// <summary>The door of the device with this public key.</summary>
    public CookieChecker(PublicKey own)
    {
        Span<byte> key = stackalloc byte[PublicKey.Size];
        own.Write(key);
        Noise.LabelledKey(Noise.CookieLabel, key, _cookieKey);
        Span<byte> mac1Key = stackalloc byte[Noise.KeySize];
        Noise.LabelledKey(Noise.Mac1Label, key, mac1Key);
        _mac1Key = new Blake2sMacKey(mac1Key);
    }

    /// <summary>Whether the sender of a whole initiation or response knows our public key.</summary>
    public bool CheckMac1(ReadOnlySpan<byte> message)
    {
        Span<byte> mac = stackalloc byte[MessageSize.Mac];
        _mac1Key.Mac(message[..^(2 * MessageSize.Mac)], mac);
        return CryptographicOperations.FixedTimeEquals(mac, message[^(2 * MessageSize.Mac)..^MessageSize.Mac]);
    }

    /// <summary>Whether it proves by a cookie of ours that it can receive at <paramref name="source"/>.</summary>
    public bool CheckMac2(Instant now, ReadOnlySpan<byte> message, in Endpoint source, RandomSource random)
    {
        Span<byte> cookie = stackalloc byte[CookieSize];
        Span<byte> mac = stackalloc byte[MessageSize.Mac];
        MakeCookie(now, source, random, cookie);
        Blake2s.Mac(cookie, message[..^MessageSize.Mac], mac);
        return CryptographicOperations.FixedTimeEquals(mac, message[^MessageSize.Mac..]);
    }

    /// <summary>Writes the reply that gives the sender of <paramref name="message"/> its cookie.</summary>
    /// <param name="now">The present.</param>
    /// <param name="message">An initiation or response whose first mac is right.</param>
    /// <param name="source">Where it came from and the reply goes to.</param>
    /// <param name="random">For the nonce, and the secret when it is due.</param>
    /// <param name="reply">At least <see cref="MessageSize.CookieReply"/> bytes, disjoint from the message.</param>
    /// <returns>The reply's length.</returns>
    public int WriteCookieReply(
        Instant now, ReadOnlySpan<byte> message, in Endpoint source, RandomSource random, Span<byte> reply)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> cookie = stackalloc byte[CookieSize];
        MakeCookie(now, source, random, cookie);
        reply = reply[..MessageSize.CookieReply];
        BinaryPrimitives.WriteUInt32LittleEndian(reply, (uint)MessageType.CookieReply);
        BinaryPrimitives.WriteUInt32LittleEndian(reply[4..], MessageHeader.SenderIndex(message));
        var nonce = reply.Slice(ReplyNonce, NonceSize);
        random.Fill(nonce);
        var mac1 = message[^(2 * MessageSize.Mac)..^MessageSize.Mac];
        XChaCha20Poly1305.Seal(_cookieKey, nonce, mac1, cookie, reply[ReplyCookie..]);
        return MessageSize.CookieReply;
    }

    // mac(R, address ‖ port), where R changes every two minutes. A cookie of the secret before is no longer good.
    private void MakeCookie(Instant now, in Endpoint source, RandomSource random, Span<byte> cookie)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<byte> address = stackalloc byte[16 + sizeof(ushort)];
        var length = source.Address.Write(address);
        BinaryPrimitives.WriteUInt16BigEndian(address[length..], source.Port);
        lock (_lock)
        {
            if (now >= _secretExpires)
            {
                random.Fill(_secret);
                _secretExpires = now + Constants.CookieRefreshTime;
            }

            Blake2s.Mac(_secret, address[..(length + sizeof(ushort))], cookie);
        }
    }
}
