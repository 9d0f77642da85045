using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Elements that the language has and Warren does not act on: they are kept and shown, and a warning names them.</summary>
internal static class Kept
{
    internal static Leaf<string> Leaf(string name, string summary) => new(name, TextType.Any, summary) { IsHeeded = false };

    internal static Leaf<string> Leaf(string name, LeafType<string> type, string summary) => new(name, type, summary) { IsHeeded = false };

    internal static Leaf<bool> Flag(string name, string summary) => new(name, BooleanType.Instance, summary) { IsHeeded = false };

    internal static Leaf<long> Number(string name, IntegerType type, string summary) => new(name, type, summary) { IsHeeded = false };

    internal static Leaf<string> Leaves(string name, string summary) => new(name, TextType.Any, summary) { IsHeeded = false, IsList = true };

    internal static BlockSchema Container(string name, string summary) => Block(name, summary, []);

    internal static BlockSchema List(string name, string key, string summary) => Block(name, summary, [new Leaf<string>(key, TextType.Any, "What tells it apart.")]);

    private static BlockSchema Block(string name, string summary, IReadOnlyList<LeafSchema> keys) =>
        new(name, summary, keys, [new Leaf<string>("(text)", KeptTextType.Instance, "Kept as it is.")]) { IsHeeded = false, IsOpaque = true };
}
