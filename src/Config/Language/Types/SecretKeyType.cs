using Warren.Protocol.Keys;

namespace Warren.Config.Language;

/// <summary>A preshared key: 32 bytes in 44 characters of base64. Kept as text; never quoted in a message.</summary>
public sealed class SecretKeyType : LeafType<string>
{
    private SecretKeyType()
        : base("wireguard-preshared-key", PublicKeyType.Explanation.Replace("Curve25519 key", "secret", System.StringComparison.Ordinal))
    {
    }

    /// <summary>The one instance.</summary>
    public static SecretKeyType Instance { get; } = new();

    private protected override string? Read(string text, out string? value, out string canonical)
    {
        value = canonical = text;
        if (!PresharedKey.TryParse(text, out var key))
            return PublicKeyType.Problem(text);
        key.Dispose();
        return null;
    }
}
