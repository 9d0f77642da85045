using Warren.Config.Language;
using Warren.Config.Model;
using Warren.Fabric.Verification;

namespace Warren.Cli.Configuration;

/// <summary><c>warren config verify</c>: proves what the authority expects.</summary>
internal static class VerifyCommand
{
    internal static int Run(Invocation invocation, ConfigArguments arguments)
    {
        if (arguments.Words.Count == 0)
            return ConfigVerb.Usage(invocation, "verify needs a FILE");
        var read = ConfigFiles.Read(invocation, arguments.Words, ReadMode.Whole);
        if (!ConfigVerb.IsReadable(invocation, read))
            return 1;
        var authority = new Authority(read.Effective);
        var findings = Verifier.Verify(authority);
        if (arguments.Has("--json"))
        {
            FindingPrinter.WriteReport(invocation.Output, findings);
        }
        else
        {
            FindingPrinter.Write(invocation.Output, findings, invocation.Machine.OutputIsTerminal());
            var count = Verifier.Count(authority);
            invocation.Output.Write(findings.Count > 0
                ? $"✖ {findings.Count} of {count} expectations do not hold\n"
                : count == 0 ? "✔ nothing is expected\n" : $"✔ {(count == 1 ? "the expectation is" : $"all {count} expectations are")} proven, over all addresses, ports and both families\n");
        }

        return findings.Count > 0 ? 1 : 0;
    }
}
