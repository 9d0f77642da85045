using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Tests.Routing;

/// <summary>A million entries, and readers beside a writer.</summary>
public sealed class AllowedIpsScaleTests(ITestOutputHelper output)
{
    private const int Million = 1_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Holds_a_million_entries(bool isIPv6)
    {
        var addresses = ScatteredAddresses(isIPv6);
        var owners = Enumerable.Range(0, 1_000).Select(_ => new object()).ToArray();
        var table = new AllowedIps<object>();

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Million; i++)
            table.Insert(new IpPrefix(addresses[i], addresses[i].BitLength), owners[i % owners.Length]);
        var insert = clock.Elapsed;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Million, table.Count);

        clock.Restart();
        for (var i = 0; i < Million; i++)
            Assert.Same(owners[i % owners.Length], table.Find(addresses[i]));
        var find = clock.Elapsed;

        // One owner's thousand among the million, then everybody's.
        clock.Restart();
        table.RemoveAll(owners[0]);
        var removeOne = clock.Elapsed;
        Assert.Equal(Million - 1_000, table.Count);
        Assert.Null(table.Find(addresses[0]));
        Assert.Same(owners[1], table.Find(addresses[1]));
        foreach (var owner in owners)
            table.RemoveAll(owner);
        Assert.Equal(0, table.Count);
        GC.KeepAlive(addresses);

        output.WriteLine($"{bytes / Million} bytes/entry, {insert.TotalMicroseconds / Million:F2} µs/insert, "
            + $"{find.TotalNanoseconds / Million:F0} ns/lookup, RemoveAll of 1,000: {removeOne.TotalMilliseconds:F2} ms");
        // 160 alone; other tests allocate beside it.
        Assert.InRange(bytes / Million, 1, 400);
        Assert.True(bytes > 0 && removeOne < insert / 10, "RemoveAll took time in proportion to the whole table");
    }

    [Fact]
    public async Task Readers_beside_a_writer_see_only_the_table_before_or_after_a_change()
    {
        // "floor" holds 10.0.0.0/8 throughout; the writer inserts and removes longer prefixes of a and b around and
        // between 10.1.2.3, which only ever belongs to floor, a or b, and 10.200.0.1, which only ever belongs to floor.
        string floor = "floor", a = "a", b = "b";
        var table = new AllowedIps<string>();
        table.Insert(new IpPrefix(IpAddress.V4(0x0A000000), 8), floor);
        table.Insert(new IpPrefix(IpAddress.V4(0x0AC80000), 16), floor);
        using var done = new CancellationTokenSource();
        var wrong = new ConcurrentQueue<string>();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                if (table.Find(IpAddress.V4(0x0A010203)) is not ("floor" or "a" or "b") and var seen)
                    wrong.Enqueue($"10.1.2.3 is {seen ?? "nobody"}'s");
                if (!ReferenceEquals(table.Find(IpAddress.V4(0x0AC80001)), floor))
                    wrong.Enqueue("10.200.0.1 left its owner");
                if (table.Find(IpAddress.V4(0x0B000000)) is not null)
                    wrong.Enqueue("11.0.0.0 has an owner");
            }
        })).ToArray();

        var random = new Random(1);
        for (var i = 0; i < 300_000; i++)
        {
            var prefix = new IpPrefix(
                IpAddress.V4(0x0A010203 ^ (uint)(random.Next(4) == 0 ? 1 << random.Next(17) : 0)), random.Next(9, 33));
            var owner = random.Next(2) == 0 ? a : b;
            if (random.Next(2) == 0)
                table.Insert(prefix, owner);
            else if (random.Next(100) == 0)
                table.RemoveAll(owner);
            else
                table.Remove(prefix, owner);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Empty(wrong);
    }

    private static IpAddress[] ScatteredAddresses(bool isIPv6)
    {
        var addresses = new IpAddress[Million];
        for (var i = 0; i < Million; i++)
        {
            // A bijection on 32 bits: distinct, far apart, the same in every run.
            var bits = (uint)i * 2_654_435_761;
            addresses[i] = isIPv6 ? IpAddress.V6((UInt128)0xFD00 << 112 | (UInt128)bits << 64 | 1) : IpAddress.V4(bits);
        }

        return addresses;
    }
}
