using System;
using System.Security.Cryptography;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Messages;

namespace Warren.Protocol.Handshakes;

/// <summary>The sender's half of the cookie mechanism: ends each handshake message with its two macs (§5.4.4) and takes the
/// cookies a loaded peer sends (§5.4.7). The other half is <see cref="CookieChecker"/>.</summary>
internal sealed class CookieGenerator
{
    private readonly byte[] _mac1Key = new byte[Noise.KeySize];
    private readonly byte[] _cookieKey = new byte[Noise.KeySize];
    private readonly byte[] _lastMac1 = new byte[MessageSize.Mac];
    private readonly byte[] _cookie = new byte[CookieChecker.CookieSize];
    private Instant _cookieExpires;
    private bool _awaitsReply;

    public CookieGenerator(PublicKey remote)
    {
        Span<byte> key = stackalloc byte[Noise.KeySize];
        remote.Write(key);
        Noise.LabelledKey(Noise.Mac1Label, key, _mac1Key);
        Noise.LabelledKey(Noise.CookieLabel, key, _cookieKey);
        _cookieExpires = Instant.Zero;
    }

    /// <summary>Writes the last 32 bytes of a whole message: mac1, and mac2 while a cookie is good, else zeros.</summary>
    public void AddMacs(Instant now, Span<byte> message)
    {
        var mac1 = message[^(2 * MessageSize.Mac)..^MessageSize.Mac];
        var mac2 = message[^MessageSize.Mac..];
        Blake2s.Mac(_mac1Key, message[..^(2 * MessageSize.Mac)], mac1);
        mac1.CopyTo(_lastMac1);
        _awaitsReply = true;
        if (now < _cookieExpires)
            Blake2s.Mac(_cookie, message[..^MessageSize.Mac], mac2);
        else
            mac2.Clear();
    }

    /// <summary>Takes the cookie of a reply to the last message sent: its mac1 is authenticated with it. A message is answered
    /// once. False when it does not authenticate.</summary>
    public bool TryConsume(Instant now, ReadOnlySpan<byte> reply)
    {
        Span<byte> cookie = stackalloc byte[CookieChecker.CookieSize];
        var nonce = reply.Slice(CookieChecker.ReplyNonce, CookieChecker.NonceSize);
        if (!_awaitsReply || !XChaCha20Poly1305.TryOpen(_cookieKey, nonce, _lastMac1, reply[CookieChecker.ReplyCookie..], cookie))
            return false;
        cookie.CopyTo(_cookie);
        CryptographicOperations.ZeroMemory(cookie);
        _cookieExpires = now + Constants.CookieRefreshTime;
        _awaitsReply = false;
        return true;
    }

    /// <summary>Forgets cookie and last mac.</summary>
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_cookie);
        _cookieExpires = Instant.Zero;
        _awaitsReply = false;
    }
}
