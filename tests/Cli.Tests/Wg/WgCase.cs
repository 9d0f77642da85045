namespace Warren.Cli.Tests.Wg;

/// <summary>One command line to give to both. In arguments, "$NAME" is a file of <see cref="WgCases.Files"/>.</summary>
/// <param name="Line">Words separated by single spaces; '' is an empty word and _ a space inside one.</param>
/// <param name="Variable">NAME=VALUE for the environment, or null.</param>
/// <param name="Input">Standard input.</param>
/// <param name="Since">Debian's 1.0.20210914 differs: since which commit, and the fact's section. Null: all versions agree.</param>
internal sealed record WgCase(string Line, string? Variable = null, string Input = "", string? Since = null)
{
    public override string ToString() => Variable is null ? $"wg {Line}" : $"{Variable} wg {Line}";
}
