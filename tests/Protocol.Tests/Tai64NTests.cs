using FsCheck;
using FsCheck.Fluent;

namespace Warren.Protocol.Tests;

public sealed class Tai64NTests
{
    [Fact]
    public void The_epoch_is_ten_seconds_past_two_to_the_62()
    {
        var bytes = new byte[Tai64N.Size];
        Tai64N.FromUnix(0, 0).Write(bytes);
        Assert.Equal("40000000 0000000A 00000000".Replace(" ", null, System.StringComparison.Ordinal), System.Convert.ToHexString(bytes));
    }

    [Fact]
    public void Nanoseconds_are_whitened_to_a_multiple_of_two_to_the_24()
    {
        Assert.Equal(0u, Tai64N.FromUnix(1, 0x00FF_FFFF).Nanoseconds);
        Assert.Equal(0x3B00_0000u, Tai64N.FromUnix(1, 999_999_999).Nanoseconds);
    }

    [Fact]
    public void What_is_written_is_read_and_sorts_as_its_bytes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(ulong, uint, ulong, uint)>(), sample =>
        {
            var left = new Tai64N(sample.Item1, sample.Item2);
            var right = new Tai64N(sample.Item3, sample.Item4);
            byte[] leftBytes = new byte[Tai64N.Size], rightBytes = new byte[Tai64N.Size];
            left.Write(leftBytes);
            right.Write(rightBytes);
            return Tai64N.Read(leftBytes) == left
                && System.Math.Sign(System.MemoryExtensions.SequenceCompareTo<byte>(leftBytes, rightBytes))
                    == System.Math.Sign(left.CompareTo(right));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_is_later_whitened_and_less_than_a_second_away()
    {
        var label = Tai64N.FromUnix(5, 0);
        for (var i = 0; i < 200; i++)
        {
            var next = label.Next();
            Assert.True(next > label);
            Assert.Equal(0u, next.Nanoseconds & 0x00FF_FFFF);
            Assert.InRange(next.Nanoseconds, 0u, 999_999_999u);
            label = next;
        }

        Assert.InRange(label.Seconds - Tai64N.FromUnix(5, 0).Seconds, 3UL, 4UL);
    }
}
