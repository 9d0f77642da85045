using System;
using Warren.Engine.Pipeline;
using Warren.Protocol;

namespace Warren.Engine.Tests.Pipeline;

public class PollBudgetTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly Instant Start = new(1_000_000);

    [Fact]
    public void Looks_again_for_fifty_microseconds_after_a_packet_and_not_longer()
    {
        var budget = new PollBudget();
        Assert.Equal(TimeSpan.FromMicroseconds(50), PollBudget.Longest);
        Assert.False(budget.Allows(Start));
        budget.Carried(Start);
        Assert.True(budget.Allows(Start));
        Assert.True(budget.Allows(Start + (PollBudget.Longest - Tick)));
        Assert.False(budget.Allows(Start + PollBudget.Longest));
    }

    [Fact]
    public void Sleeps_at_once_and_for_a_while_where_somebody_else_wants_the_processor()
    {
        var budget = new PollBudget();
        budget.Carried(Start);
        budget.Offered(Start, Start + PollBudget.Accepted);
        Assert.True(budget.Allows(Start + PollBudget.Accepted));
        var taken = Start + PollBudget.Accepted + Tick;
        budget.Offered(Start, taken);
        Assert.False(budget.Allows(taken));
        budget.Carried(taken + (PollBudget.Pause - Tick));
        Assert.False(budget.Allows(taken + (PollBudget.Pause - Tick)));
        Assert.True(budget.Allows(taken + PollBudget.Pause));
    }
}
