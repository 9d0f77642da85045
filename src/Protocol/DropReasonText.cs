using System;
using System.Text;

namespace Warren.Protocol;

/// <summary>How a <see cref="DropReason"/> is printed and parsed everywhere: kebab case, "bad-mac1".</summary>
public static class DropReasonText
{
    private static readonly string[] Names = Array.ConvertAll(Enum.GetNames<DropReason>(), Kebab);

    /// <summary>How many reasons there are: the length of an array of counters.</summary>
    public static int Count => Names.Length;

    /// <summary>The reason's printed name.</summary>
    public static string ToText(this DropReason reason) => Names[(int)reason];

    /// <summary>The reason of a printed name; false when there is none such.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DropReason reason)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (!text.SequenceEqual(Names[i]))
                continue;
            reason = (DropReason)i;
            return true;
        }

        reason = DropReason.None;
        return false;
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
