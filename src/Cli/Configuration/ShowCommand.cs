using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config show</c>: the configuration, or a part, with everything that profiles imply.</summary>
internal static class ShowCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return ConfigVerb.Usage(invocation, "show needs a FILE");
        var files = ConfigFiles.Read(invocation, arguments.Words, arguments.Has("--fragment") ? ReadMode.Fragment : ReadMode.Whole);
        if (!ConfigVerb.IsReadable(invocation, files))
            return 1;
        var root = arguments.Has("--authored") ? files.Authored : files.Effective;
        var path = ConfigPath.Root(Authority.Schema);
        if (arguments.Rest.Count > 0 && PathReader.Read(root, arguments.Rest, out path) is { } problem)
            return ConfigVerb.Usage(invocation, problem);
        var options = new FormatOptions { Flat = arguments.Has("--flat"), Verbose = arguments.Has("--verbose"), Secrets = arguments.Has("--secrets") };
        if (arguments.Has("--json"))
            invocation.Output.Write(ConfigJson.Write(root.Find(path)!, options));
        else
            invocation.Output.Write(ConfigFormatter.Format(root, [path], options));
        return 0;
    }
}
