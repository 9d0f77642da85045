using System.Buffers;

namespace Warren.Config.Language;

/// <summary>Text or a name: a length and an alphabet.</summary>
public sealed class TextType : LeafType<string>
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly SearchValues<char>? _allowed;
    private readonly string _alphabet;
    private readonly int _least;
    private readonly int _most;
    private readonly string[] _reserved;
    private readonly string? _refersTo;

    private TextType(string name, string description, int least, int most, string? others, string[]? reserved = null, string? refersTo = null)
        : base(name, description)
    {
        (_least, _most, _refersTo, _reserved) = (least, most, refersTo, reserved ?? []);
        _allowed = others is null ? null : SearchValues.Create(Letters + others);
        _alphabet = others is null ? "" : "letters, digits and " + string.Join(' ', others.ToCharArray());
    }

    /// <summary>Any text, 255 characters at most.</summary>
    public static TextType Any { get; } = new("string", "text of at most 255 characters; in double quotes where it has spaces", 0, 255, null);

    /// <summary>name-id: letters, digits, '_' and '-', 1 to 63.</summary>
    public static TextType NameId { get; } = new("name-id", "1 to 63 letters, digits, '_' or '-'", 1, 63, "_-");

    /// <summary>reserved-name-id: a name-id that is not "all", "any" or "unknown".</summary>
    public static TextType ReservedNameId { get; } =
        new("reserved-name-id", "1 to 63 letters, digits, '_' or '-', not all, any or unknown", 1, 63, "_-", ["all", "any", "unknown"]);

    /// <summary>device-name: 1 to 12, because it is the name of a Linux interface.</summary>
    public static TextType DeviceName { get; } = new("device-name", "1 to 12 letters, digits, '_' or '-': it is the name of a Linux interface", 1, 12, "_-");

    /// <summary>interface-name: with dots, 1 to 63.</summary>
    public static TextType InterfaceName { get; } = new("interface-name", "1 to 63 letters, digits, '_', '-' or '.'", 1, 63, "_-.");

    /// <summary>service-name: with dots, which mean hierarchy; 1 to 255.</summary>
    public static TextType ServiceName { get; } = new("service-name", "1 to 255 letters, digits, '_', '-' or '.'; child.parent inherits from parent", 1, 255, "_-.");

    /// <summary>tenant-name: with dots, which mean hierarchy; 1 to 253.</summary>
    public static TextType TenantName { get; } = new("tenant-name", "1 to 253 letters, digits, '_', '-' or '.'; child.parent is inside parent", 1, 253, "_-.");

    /// <summary>neighborhood-id: a label, 1 to 63.</summary>
    public static TextType NeighborhoodId { get; } = new("neighborhood-id", "1 to 63 letters, digits, '_', '-' or '.'", 1, 63, "_-.");

    /// <summary>service-route-name: no dots, 1 to 320.</summary>
    public static TextType ServiceRouteName { get; } = new("service-route-name", "1 to 320 letters, digits, '_' or '-'", 1, 320, "_-");

    /// <summary>network-namespace: 1 to 50.</summary>
    public static TextType Namespace { get; } = new("network-namespace", "1 to 50 letters, digits, '_' or '-'", 1, 50, "_-");

    /// <summary>A name that must be that of an entry of a list.</summary>
    /// <param name="list">The way to the list from the authority, as "service-policy" or "router/node".</param>
    public static TextType Reference(string list) =>
        new($"{list.Replace('/', ' ')}-ref", $"the name of a configured {list.Split('/')[^1]}", 1, 320, "_-.", refersTo: list);

    /// <inheritdoc/>
    public override string? RefersTo => _refersTo;

    private protected override string? Read(string text, out string? value, out string canonical)
    {
        value = canonical = text;
        if (text.Length < _least)
            return $"a {Name} is not empty";
        if (text.Length > _most)
            return $"\"{Shorten(text)}\" has {text.Length} characters; a {Name} has at most {_most}";
        foreach (var letter in text)
        {
            if (_allowed is null ? char.IsControl(letter) : !_allowed.Contains(letter))
                return _allowed is null ? $"a {Name} has no control characters" : $"\"{Shorten(text)}\" contains '{letter}'; a {Name} has {_alphabet}";
        }

        foreach (var word in _reserved)
        {
            if (text == word)
                return $"\"{text}\" is a word of the language and cannot be a name";
        }

        return null;
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..61] + "…";
}
