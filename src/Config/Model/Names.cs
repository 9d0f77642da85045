using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>Leaves that many elements have, each its own.</summary>
internal static class Names
{
    internal static Leaf<string> Name(LeafType<string> type, string what) => new("name", type, $"The name of the {what}.") { IsRequired = true };

    internal static Leaf<string> Description(string what) => new("description", TextType.Any, $"What the {what} is, for people.");

    internal static Leaf<bool> Generated() => new("generated", BooleanType.Instance, "Whether it was made from another element; false keeps what was changed by hand.");
}
