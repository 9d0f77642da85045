using System;
using Warren.Bench.Throughput.Load;

namespace Warren.Lab.Tests.Load;

public sealed class RateSearchTests
{
    private const double Sender = 600_000;

    [Theory]
    [InlineData(900)]
    [InlineData(34_000)]
    [InlineData(255_000)]
    public void Finds_what_a_way_carries_that_drops_only_the_rest(double capacity)
    {
        var (search, trials) = Search(offered => Math.Min(offered, capacity));
        Assert.InRange(search.Best!.ReceivedPerSecond, capacity * 0.95, capacity);
        Assert.InRange(trials, 2, 8);
    }

    // A way that a flood makes slower than it can be, and one that looks faster by what its queues held.
    [Theory]
    [InlineData(0.4)]
    [InlineData(0.7)]
    [InlineData(1.25)]
    public void Finds_it_when_the_flood_misleads(double flooded)
    {
        const double Capacity = 80_000;
        var flood = true;
        var (search, trials) = Search(offered =>
        {
            var carried = flood ? Capacity * flooded : Math.Min(offered, Capacity);
            flood = false;
            return carried;
        });
        Assert.InRange(search.Best!.ReceivedPerSecond, Capacity * 0.9, Capacity);
        Assert.InRange(trials, 2, 8);
    }

    [Fact]
    public void Goes_up_as_far_as_trials_allow_when_nothing_is_lost()
    {
        var (search, trials) = Search(offered => offered);
        Assert.Equal(Sender, search.Best!.ReceivedPerSecond);
        Assert.Equal(8, trials);
    }

    [Fact]
    public void Accepts_as_much_loss_as_is_said()
    {
        var (search, _) = Search(offered => offered * (offered <= 100_000 ? 0.6 : 0.4), new UdpLoadOptions { AcceptedLoss = 0.5, Trials = 12 });
        Assert.InRange(search.Best!.OfferedPerSecond, 95_000, 100_000);
    }

    [Fact]
    public void One_disturbed_trial_does_not_hold_it_down()
    {
        var trial = 0;
        var (search, _) = Search(offered => ++trial == 2 ? offered * 0.5 : Math.Min(offered, 100_000));
        Assert.InRange(search.Best!.ReceivedPerSecond, 90_000, 100_000);
    }

    [Fact]
    public void Has_no_answer_when_every_rate_loses()
    {
        var (search, trials) = Search(offered => offered * 0.9);
        Assert.Null(search.Best);
        Assert.Equal(8, trials);
    }

    [Fact]
    public void Reports_the_reordering_of_all_trials()
    {
        var search = new RateSearch(new UdpLoadOptions { Trials = 3 });
        while (!search.IsDone) search.Record(new UdpRate(1000, 1000, 0, 2));
        Assert.Equal(6, search.Best!.Reordered);
    }

    [Fact]
    public void Refuses_a_search_of_the_flood_alone() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateSearch(new UdpLoadOptions { Trials = 1 }));

    private static (RateSearch Search, int Trials) Search(Func<double, double> received, UdpLoadOptions? options = null)
    {
        var search = new RateSearch(options ?? new UdpLoadOptions());
        var trials = 0;
        while (!search.IsDone)
        {
            var offered = Math.Min(search.Next, Sender);
            var got = received(offered);
            search.Record(new UdpRate(offered, got, 1 - (got / offered), 0));
            trials++;
        }

        return (search, trials);
    }
}
