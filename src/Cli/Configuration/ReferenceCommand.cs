using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Validation;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config reference</c> and <c>schema</c>, <c>rules</c>: the language, from its own declaration.</summary>
internal static class ReferenceCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        invocation.Output.Write(arguments.Command switch
        {
            "schema" => JsonSchemaWriter.Write(Authority.Schema),
            "rules" => RuleReference.Write(),
            _ => ReferenceWriter.Write(Authority.Schema),
        });
        return 0;
    }
}
