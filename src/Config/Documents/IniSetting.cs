using System;

namespace Warren.Config.Documents;

/// <summary>A setting of a section.</summary>
/// <param name="Name">As it was typed.</param>
/// <param name="Value">What follows the '='.</param>
internal readonly record struct IniSetting(Written Name, Written Value)
{
    internal bool Is(string name) => string.Equals(Name.Text, name, StringComparison.OrdinalIgnoreCase);
}
