using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Warren.Config.Language;
using Warren.Protocol.Keys;

namespace Warren.Config.Documents;

/// <summary>A key as somebody wrote it. Of a secret one nothing leaves it but where it is and which public key it yields.</summary>
public sealed class WrittenKey
{
    private const int TextLength = 44;
    private static readonly SearchValues<char> Brackets = SearchValues.Create("<>(){}$… _-:\"'*");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789+/=");
    private readonly int _length;

    private WrittenKey(SourcePosition position, int start, int length, bool isSecret, KeyFault fault, PublicKey key)
    {
        (Position, Start, _length, IsSecret, Fault, PublicKey) = (position, start, length, isSecret, fault, key);
    }

    /// <summary>Where it is.</summary>
    public SourcePosition Position { get; }

    /// <summary>Offset of its first character in the whole text.</summary>
    public int Start { get; }

    /// <summary>Whether it may never be shown.</summary>
    public bool IsSecret { get; }

    /// <summary>Why it is no key; <see cref="KeyFault.None"/> when it is one.</summary>
    public KeyFault Fault { get; }

    /// <summary>A public key itself; what a private key yields; zero for a preshared key, and for what is none.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Whether it can be used.</summary>
    public bool IsKey => Fault == KeyFault.None;

    /// <summary>How many characters are written.</summary>
    public int Length => _length;

    /// <summary>Whether both are the same characters.</summary>
    public bool SaysTheSame(WrittenKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Characters.SequenceEqual(other.Characters);
    }

    /// <summary>The public key that these characters yield when they are read as a private key; zero when they are none.</summary>
    public PublicKey Yield()
    {
        if (!PrivateKey.TryParse(Characters, out var secret))
            return default;
        using (secret)
            return secret.PublicKey;
    }

    /// <summary>Finds the public key that these very characters are: a public key in a private key's place.</summary>
    public bool IsAmong<T>(IReadOnlyDictionary<PublicKey, T> keys, [MaybeNullWhen(false)] out T found)
    {
        ArgumentNullException.ThrowIfNull(keys);
        found = default;
        return PublicKey.TryParse(Characters, out var key) && keys.TryGetValue(key, out found);
    }

    /// <summary>Whether the characters have the shape of a private key.</summary>
    public bool LooksPrivate => PublicKey.TryParse(Characters, out var key) && HasPrivateShape(key);

    /// <summary>Whether a key has the shape that <c>wg genkey</c> gives private keys; one in 32 public keys has it by chance.</summary>
    public static bool HasPrivateShape(PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[PublicKey.Size];
        key.Write(bytes);
        return (bytes[0] & 7) == 0 && (bytes[31] & 0xc0) == 0x40;
    }

    /// <summary>Puts the characters of a secret into a set, to know them where they stand in another place.</summary>
    public void AddTo(ISet<PublicKey> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (IsSecret && PublicKey.TryParse(Characters, out var key))
            secrets.Add(key);
    }

    /// <summary>The change that puts a public key in its place.</summary>
    public TextEdit ReplaceWith(PublicKey key) => new(Position.Source!, Start, _length, key.ToString());

    /// <summary>A public key in its short form; of a secret nothing.</summary>
    public override string ToString() => IsSecret ? "(hidden)" : IsKey ? PublicKey.ToShortString() : "(no key)";

    private ReadOnlySpan<char> Characters => Position.Source is { } source ? source.Text.AsSpan(Start, _length) : default;

    internal static WrittenKey Public(Written place) =>
        PublicKey.TryParse(place.Text, out var key) ? Of(place, false, KeyFault.None, key) : Of(place, false, FaultOf(place.Text), default);

    internal static WrittenKey Private(Written place)
    {
        if (!PrivateKey.TryParse(place.Text, out var secret))
            return Of(place, true, FaultOf(place.Text), default);
        using (secret)
            return Of(place, true, KeyFault.None, secret.PublicKey);
    }

    internal static WrittenKey Preshared(Written place) =>
        Of(place, true, PublicKey.TryParse(place.Text, out _) ? KeyFault.None : FaultOf(place.Text), default);

    private static WrittenKey Of(Written place, bool isSecret, KeyFault fault, PublicKey key) =>
        new(place.Position, place.Start, place.Text.Length, isSecret, fault, key);

    private static KeyFault FaultOf(string text)
    {
        if (text.Length == 0)
            return KeyFault.Empty;
        if (IsPlaceholder(text))
            return KeyFault.Placeholder;
        if (text.Length == 64 && PublicKey.TryParseHex(text, out _))
            return KeyFault.Hexadecimal;
        return text.Length < TextLength ? KeyFault.TooShort : text.Length > TextLength ? KeyFault.TooLong : KeyFault.NotBase64;
    }

    // Words, brackets, dots, or one letter again and again: no part of a key looks like this.
    private static bool IsPlaceholder(string text)
    {
        if (text.AsSpan().ContainsAny(Brackets) || text.Contains("...", StringComparison.Ordinal))
            return true;
        if (text.AsSpan().TrimEnd('=') is { Length: > 0 } body && body.IndexOfAnyExcept(body[0]) < 0)
            return true;
        return text.Length < 40 && !text.AsSpan().ContainsAny(Digits);
    }
}
