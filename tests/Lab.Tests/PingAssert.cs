using Warren.Lab.Traffic;

namespace Warren.Lab.Tests;

/// <summary>Verdicts on pings that show what ping printed.</summary>
internal static class PingAssert
{
    public static void Answered(PingResult result) => Assert.True(result.AllAnswered, result.Text);
}
