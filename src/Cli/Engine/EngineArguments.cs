using System.Collections.Generic;
using System.Globalization;
using Warren.Engine;
using Warren.Protocol.Routing;

namespace Warren.Cli.Engine;

/// <summary>The words after <c>warren engine</c> and the variables that stand beside them, read.</summary>
internal sealed record EngineArguments
{
    /// <summary>What is to run; its name is empty when help or the version is wanted.</summary>
    public required EngineOptions Options { get; init; }

    /// <summary>Whether it runs in this process.</summary>
    public required bool Foreground { get; init; }

    /// <summary>-h, --help.</summary>
    public bool WantsHelp { get; init; }

    /// <summary>--version.</summary>
    public bool WantsVersion { get; init; }

    /// <summary>Reads them; false: <paramref name="fault"/> says what is wrong, in one line.</summary>
    public static bool TryParse(Invocation invocation, bool foreground, out EngineArguments arguments, out string fault)
    {
        var options = new EngineOptions { InterfaceName = "" };
        arguments = new EngineArguments { Options = options, Foreground = foreground || invocation.Variable("WG_PROCESS_FOREGROUND") == "1" };
        if (!TryReadVariables(invocation, ref options, out fault))
            return false;
        for (var i = 0; i < invocation.Arguments.Count; i++)
        {
            var word = invocation.Arguments[i];
            switch (word)
            {
                case "-h" or "--help":
                    arguments = arguments with { WantsHelp = true };
                    return true;
                case "--version":
                    arguments = arguments with { WantsVersion = true };
                    return true;
                case "-f" or "--foreground":
                    arguments = arguments with { Foreground = true };
                    break;
                case "--daemon":
                    arguments = arguments with { Foreground = false };
                    break;
                case "--workers" or "--bind" or "--uapi-dir" or "--no-offload":
                    if (++i == invocation.Arguments.Count)
                        fault = $"`{word}' needs a value.";
                    else
                        TryReadOption(word, invocation.Arguments[i], ref options, out fault);
                    break;
                case ['-', ..]:
                    fault = $"Unknown option: `{word}'.";
                    break;
                default:
                    if (options.InterfaceName.Length > 0)
                        fault = $"One interface at a time: `{options.InterfaceName}' and `{word}' were given.";
                    options = options with { InterfaceName = word };
                    break;
            }

            if (fault.Length > 0)
                return false;
        }

        if (options.InterfaceName.Length == 0)
            fault = "Which interface? Give its name, such as wg0.";
        arguments = arguments with { Options = options };
        return fault.Length == 0;
    }

    /// <summary>The words by which a child is started that does the same in the foreground.</summary>
    public IReadOnlyList<string> ToForeground()
    {
        var words = new List<string> { "engine", "--foreground", "--workers", Options.Workers.ToString(CultureInfo.InvariantCulture) };
        if (Options.BindAddress is { } address)
            words.AddRange(["--bind", address.ToString()]);
        if (OffloadNames.Without(Options) is { Length: > 0 } without)
            words.AddRange(["--no-offload", without]);
        words.AddRange(["--uapi-dir", Options.UapiDirectory, Options.InterfaceName]);
        return words;
    }

    private static bool TryReadVariables(Invocation invocation, ref EngineOptions options, out string fault)
    {
        fault = "";
        options = options with
        {
            LogLevel = invocation.Variable("LOG_LEVEL") switch
            {
                "verbose" or "debug" => LogLevel.Debug,
                "silent" => LogLevel.Silent,
                _ => LogLevel.Error,
            },
        };
        if (invocation.Variable("WARREN_WORKERS") is { Length: > 0 } workers && !TryReadOption("--workers", workers, ref options, out fault))
            return false;
        if (invocation.Variable("WARREN_NO_OFFLOAD") is { Length: > 0 } without && !TryReadOption("--no-offload", without, ref options, out fault))
            return false;
        if (invocation.Variable("WG_TUN_FD") is { Length: > 0 } tun)
        {
            if (!TryReadNumber(tun, out var descriptor))
                return Refuse($"WG_TUN_FD is no descriptor: `{tun}'.", out fault);
            options = options with { TunDescriptor = descriptor };
        }

        if (invocation.Variable("WG_UAPI_FD") is { Length: > 0 } uapi)
        {
            if (!TryReadNumber(uapi, out var descriptor))
                return Refuse($"WG_UAPI_FD is no descriptor: `{uapi}'.", out fault);
            options = options with { UapiDescriptor = descriptor };
        }

        return true;
    }

    private static bool TryReadOption(string option, string value, ref EngineOptions options, out string fault)
    {
        fault = "";
        switch (option)
        {
            case "--workers":
                if (!TryReadNumber(value, out var workers) || workers > 64)
                    return Refuse($"Workers are a number from 0 to 64: `{value}'.", out fault);
                options = options with { Workers = workers };
                return true;
            case "--no-offload":
                if (!OffloadNames.TryTakeOut(value, ref options, out var unknown))
                    return Refuse($"`{unknown}' is no offload: {OffloadNames.All} are.", out fault);
                return true;
            case "--bind":
                if (!IpAddress.TryParse(value, out var address))
                    return Refuse($"`{value}' is not an IPv4 or IPv6 address.", out fault);
                options = options with { BindAddress = address };
                return true;
            default:
                options = options with { UapiDirectory = value.Length > 1 ? value.TrimEnd('/') : value };
                return true;
        }
    }

    private static bool TryReadNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool Refuse(string why, out string fault)
    {
        fault = why;
        return false;
    }
}
