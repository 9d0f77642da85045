using Warren.Bench.Throughput;

namespace Warren.Cli.Tests.Bench;

public class SamplesTests
{
    [Theory]
    [InlineData(7.0, 7.0)]
    [InlineData(1.5, 1.0, 2.0)]
    [InlineData(3.0, 9.0, 1.0, 3.0)]
    [InlineData(2.5, 4.0, 1.0, 3.0, 2.0)]
    public void The_median_is_the_middle_one_or_between_the_two_in_the_middle(double expected, params double[] values) =>
        Assert.Equal(expected, Samples.Median(values));

    [Fact]
    public void Nothing_has_no_median() => Assert.Null(Samples.Median([]));

    [Theory]
    [InlineData(0.0, 10.0, 10.0, 20.0)]
    [InlineData(0.25, 12.5, 20.0, 10.0)]
    [InlineData(1.0, 20.0, 10.0, 20.0)]
    [InlineData(0.99, 5.0, 5.0)]
    [InlineData(0.75, 30.0, 20.0, 10.0, 30.0, 40.0, 0.0)]
    [InlineData(0.9, 27.0, 0.0, 10.0, 20.0, 30.0)]
    public void A_quantile_lies_between_neighbours_in_proportion(double share, double expected, params double[] values) =>
        Assert.Equal(expected, Samples.Quantile(values, share), 9);

    [Fact]
    public void Values_keep_the_order_of_the_rounds_apart_by_engine_and_figure()
    {
        var samples = new Samples();
        var other = new Contender("other", "x", "{if}");
        samples.Add(Contender.Cable, Figure.Tcp1, 3);
        samples.Add(other, Figure.Tcp1, 9);
        samples.Add(Contender.Cable, Figure.Tcp1, 1);
        samples.Add(Contender.Cable, Figure.Tcp4, 5);
        Assert.Equal([3, 1], samples.Of(Contender.Cable, Figure.Tcp1));
        Assert.Equal([9], samples.Of(other, Figure.Tcp1));
        Assert.Empty(samples.Of(other, Figure.Tcp4));
    }
}
