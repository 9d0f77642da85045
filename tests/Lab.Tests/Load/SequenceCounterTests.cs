using System.Linq;
using Warren.Bench.Throughput.Load;

namespace Warren.Lab.Tests.Load;

public sealed class SequenceCounterTests
{
    // Numbers as they arrive, and how many of them came behind a later one (RFC 4737 §3.3).
    [Theory]
    [InlineData("", 0)]
    [InlineData("0 1 2 3", 0)]
    [InlineData("0 2 3 7", 0)]
    [InlineData("1 0", 1)]
    [InlineData("0 3 1 2 4", 2)]
    [InlineData("4 3 2 1 0", 4)]
    [InlineData("0 1 1 2", 1)]
    [InlineData("5 6 5 7", 1)]
    public void Counts_what_arrives_behind_a_later_one(string arrivals, long reordered)
    {
        var counter = new SequenceCounter();
        var numbers = arrivals.Split(' ', System.StringSplitOptions.RemoveEmptyEntries).Select(ulong.Parse).ToArray();
        foreach (var number in numbers) counter.Add(number);
        Assert.Equal((numbers.Length, reordered), (counter.Received, counter.Reordered));
    }
}
