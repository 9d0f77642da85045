using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Protocol.Sessions;

namespace Warren.Protocol.Tests.Sessions;

public sealed class ReplayWindowTests
{
    private const ulong Width = Constants.ReplayWindowSize;

    [Fact]
    public void Takes_each_counter_once()
    {
        var window = new ReplayWindow();
        Assert.True(window.TryAccept(0));
        Assert.False(window.TryAccept(0));
        Assert.True(window.TryAccept(2));
        Assert.True(window.TryAccept(1));
        Assert.False(window.TryAccept(1));
        Assert.False(window.TryAccept(2));
    }

    [Fact]
    public void Takes_the_last_counter_inside_and_rejects_the_first_behind()
    {
        for (var greatest = Width + 1; greatest < Width + 200; greatest++)
        {
            var window = new ReplayWindow();
            Assert.True(window.TryAccept(greatest));
            Assert.False(window.TryAccept(greatest - Width - 1));
            Assert.True(window.TryAccept(greatest - Width));
            Assert.False(window.TryAccept(greatest - Width));
        }
    }

    [Fact]
    public void Rejects_a_counter_that_slid_out_though_it_was_never_seen()
    {
        var window = new ReplayWindow();
        Assert.True(window.TryAccept(100));
        Assert.True(window.TryAccept(101 + Width));
        Assert.False(window.TryAccept(99));
        Assert.False(window.TryAccept(100));
        Assert.True(window.TryAccept(101));
    }

    [Theory]
    [InlineData(8191UL)]
    [InlineData(8192UL)]
    [InlineData(8193UL)]
    [InlineData(1UL << 40)]
    [InlineData(Constants.RejectAfterMessages - 1)]
    public void A_leap_forgets_nothing_that_may_still_come(ulong leap)
    {
        var window = new ReplayWindow();
        for (var counter = 0UL; counter < 300; counter++)
            Assert.True(window.TryAccept(counter));
        Assert.True(window.TryAccept(leap));
        Assert.False(window.TryAccept(leap));
        for (var counter = leap - Width; counter < leap; counter++)
            Assert.Equal(counter >= 300, window.TryAccept(counter));
    }

    [Fact]
    public void Agrees_with_a_set_of_everything_seen() =>
        Prop.ForAll(
            Gen.Frequency(
                (4, Gen.Choose(-64, 64)), (2, Gen.Choose(-8300, 8300)), (1, Gen.Choose(0, 40_000))).ListOf().Resize(400).ToArbitrary(),
            steps =>
            {
                var window = new ReplayWindow();
                var seen = new HashSet<ulong>();
                var greatest = 10_000L;
                foreach (var step in steps)
                {
                    var counter = (ulong)System.Math.Max(0, greatest + step);
                    var expected = !seen.Contains(counter) && (seen.Count == 0 || counter + Width >= seen.Max());
                    if (window.TryAccept(counter) != expected)
                        return false;
                    if (expected)
                        seen.Add(counter);
                    greatest = System.Math.Max(greatest, (long)counter);
                }

                return true;
            }).QuickCheckThrowOnFailure();
}
