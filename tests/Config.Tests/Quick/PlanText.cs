using System.Collections.Generic;
using System.Text;
using Warren.Config.Quick.Steps;

namespace Warren.Config.Tests.Quick;

/// <summary>Steps as the goldens have them: "[#] command", and what it reads behind "   | ".</summary>
internal static class PlanText
{
    public static string Of(IEnumerable<QuickStep> steps)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            text.Append("[#] ").Append(step.Command.Replace("/dev/fd/63", "/dev/fd/N")).Append('\n');
            if (step.Input is null)
                continue;
            foreach (var line in step.Input[..^1].Split('\n'))
                text.Append("   | ").Append(line).Append('\n');
        }

        return text.ToString();
    }
}
