using System;
using System.Diagnostics;
using System.IO;
using Warren.Examples.TwoSites;
using Warren.Lab;

var clock = Stopwatch.StartNew();
var colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
try
{
    var root = ProgramUnderTest.FindRoot(AppContext.BaseDirectory) ?? throw new LabException("the demonstration runs in a checkout of Warren");
    var configurations = Path.Combine(root, "examples", "two-sites");
    var transcript = new Transcript(Console.Out, colour);
    var report = new Demonstration(ProgramUnderTest.Require(), configurations, transcript).Run();
    transcript.Step($"What was expected, and what was seen ({clock.Elapsed.TotalSeconds:0} s, all hosts are gone again)");
    report.Write(Console.Out, colour);
    return report.AllAsExpected ? 0 : 1;
}
catch (LabException failure)
{
    Console.Error.WriteLine($"two-sites: {failure.Message}");
    return 1;
}
