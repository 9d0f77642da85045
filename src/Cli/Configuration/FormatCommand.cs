using System.IO;
using System.Text;
using Warren.Config.Language;
using Warren.Linux.Files;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config format</c>. Secrets stay: it is the operator's own file.</summary>
internal static class FormatCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return ConfigVerb.Usage(invocation, "format needs a FILE");
        var mode = arguments.Has("--fragment") ? ReadMode.Fragment : ReadMode.Whole;
        var options = new FormatOptions { Flat = arguments.Has("--flat"), Verbose = arguments.Has("--verbose"), Secrets = true };
        if (!arguments.Has("--write"))
        {
            var all = ConfigFiles.Read(invocation, arguments.Words, mode);
            if (!ConfigVerb.IsReadable(invocation, all))
                return 1;
            invocation.Output.Write(ConfigFormatter.Format(all.Authored, options));
            return 0;
        }

        var result = 0;
        foreach (var path in arguments.Words)
        {
            if (path == "-" || Directory.Exists(path))
                return ConfigVerb.Usage(invocation, $"--write needs files, and {path} is none");
            var files = ConfigFiles.Read(invocation, [path], mode);
            if (!ConfigVerb.IsReadable(invocation, files))
            {
                result = 1;
                continue;
            }

            var text = ConfigFormatter.Format(files.Authored, options);
            if (text == File.ReadAllText(path))
                continue;

            DurableFile.Rewrite(path, Encoding.UTF8.GetBytes(text));
            invocation.Error.Write($"{path} formatted\n");
        }

        return result;
    }
}
