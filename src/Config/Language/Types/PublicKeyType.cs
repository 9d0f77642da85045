using Warren.Protocol.Keys;

namespace Warren.Config.Language;

/// <summary>A public key of WireGuard: 32 bytes in 44 characters of base64.</summary>
public sealed class PublicKeyType : LeafType<PublicKey>
{
    internal const string Explanation = "44 characters of base64 that end in '=': a Curve25519 key of 32 bytes";

    private PublicKeyType()
        : base("wireguard-key", Explanation)
    {
    }

    /// <summary>The one instance.</summary>
    public static PublicKeyType Instance { get; } = new();

    private protected override string? Read(string text, out PublicKey value, out string canonical)
    {
        canonical = text;
        return PublicKey.TryParse(text, out value) ? null : Problem(text);
    }

    /// <summary>Why a text is no key, without saying the text: it may be part of a secret.</summary>
    internal static string Problem(string text) => text.Length switch
    {
        43 => $"a key has 44 characters and ends in '=': the last one is missing (it must be {Explanation})",
        < 43 => $"a key has 44 characters; this has {text.Length}: it is cut short, or is no key ({Explanation})",
        44 => $"its 44 characters are not the base64 of 32 bytes ({Explanation})",
        _ => $"a key has 44 characters; this has {text.Length} ({Explanation})",
    };
}
