namespace Warren.Cli.Wg;

/// <summary>The terminal's colours as wg uses them: escape sequences, or nothing at all.</summary>
internal sealed class Palette
{
    private readonly bool _isOn;

    private Palette(bool isOn) => _isOn = isOn;

    internal string Reset => _isOn ? "\e[0m" : "";
    internal string Bold => _isOn ? "\e[1m" : "";
    internal string Red => _isOn ? "\e[31m" : "";
    internal string Green => _isOn ? "\e[32m" : "";
    internal string Yellow => _isOn ? "\e[33m" : "";
    internal string Cyan => _isOn ? "\e[36m" : "";

    /// <summary>WG_COLOR_MODE always or never; otherwise whether a terminal reads us.</summary>
    internal static Palette Of(Invocation invocation) => new(invocation.Variable("WG_COLOR_MODE") switch
    {
        "always" => true,
        "never" => false,
        _ => invocation.Machine.OutputIsTerminal(),
    });
}
