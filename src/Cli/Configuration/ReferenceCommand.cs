using Warren.Config.Language;
using Warren.Config.Model;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config reference</c> and <c>schema</c>: the language, from its own declaration.</summary>
internal static class ReferenceCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        invocation.Output.Write(arguments.Command == "schema" ? JsonSchemaWriter.Write(Authority.Schema) : ReferenceWriter.Write(Authority.Schema));
        return 0;
    }
}
