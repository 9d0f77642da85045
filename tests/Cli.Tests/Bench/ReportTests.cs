using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Warren.Bench.Throughput;

namespace Warren.Cli.Tests.Bench;

/// <summary>A small made-up run as a table and as JSON.</summary>
public class ReportTests
{
    private static readonly Contender Own = new("warren", "warren", "engine", "{if}");
    private static readonly Contender Go = new("go", "wireguard-go", "-f", "{if}");
    private static readonly Contender Rust = new("rust", "boringtun", "{if}");

    [Fact]
    public void One_other_engine_has_one_ratio_and_what_is_missing_is_a_dash() => Assert.Equal(
        """
        medians of 3 rounds (least to most)
                                                            warren                    go    veth  ratio
        TCP, 1 stream, Mbit/s               3,000 (2,000 to 4,000)  1,500 (500 to 2,000)  12,346   2.00
        TCP, 1 stream, segments sent again                       5                     0       -      -
        UDP 64 B at <= 1 % loss, 1,000/s                         -                  90.0       -      -
        1 peer applied, ms                                     2.5                   5.0       -   0.50

        """,
        Table(new BenchOptions { Rounds = 3 }, Own, Go, Contender.Cable));

    [Fact]
    public void Several_other_engines_have_a_ratio_each() => Assert.Equal(
        """
        medians of 3 rounds (least to most), MTU-sized packets on the cable
                                                            warren                    go   rust    veth  / go  / rust
        TCP, 1 stream, Mbit/s               3,000 (2,000 to 4,000)  1,500 (500 to 2,000)  6,000  12,346  2.00    0.50
        TCP, 1 stream, segments sent again                       5                     0      -       -     -       -
        UDP 64 B at <= 1 % loss, 1,000/s                         -                  90.0      -       -     -       -
        1 peer applied, ms                                     2.5                   5.0      -       -  0.50       -

        """,
        Table(new BenchOptions { Rounds = 3, MtuSized = true }, Own, Go, Rust, Contender.Cable));

    [Fact]
    public void One_round_has_no_spread_and_quick_figures_say_so()
    {
        var samples = new Samples();
        samples.Add(Own, Figure.Tcp1, 1000);
        samples.Add(Go, Figure.Tcp1, 3000);
        using var output = new StringWriter { NewLine = "\n" };
        ReportTable.Write(output, new BenchOptions { Rounds = 1, Quick = true }, [Own, Go], samples);
        Assert.Equal(
            """
            one round, too short for its figures to mean anything
                                   warren     go  ratio
            TCP, 1 stream, Mbit/s   1,000  3,000   0.33

            """, output.ToString());
    }

    [Fact]
    public void Every_value_is_in_the_json()
    {
        var samples = new Samples();
        foreach (var (number, figure) in Figure.All.Index())
        {
            samples.Add(Own, figure, number + 0.5);
            samples.Add(Own, figure, number + 2.5);
        }

        samples.Add(Contender.Cable, Figure.Tcp1, 7);
        using var document = Json(new BenchOptions { Rounds = 2, Stream = TimeSpan.FromSeconds(3), MtuSized = true, Quick = true }, 0.25, samples, Own, Contender.Cable);
        var root = document.RootElement;
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), root.GetProperty("began").GetDateTimeOffset());
        Assert.Equal(2, root.GetProperty("rounds").GetInt32());
        Assert.Equal(3, root.GetProperty("stream_seconds").GetDouble());
        Assert.True(root.GetProperty("mtu_sized").GetBoolean());
        Assert.True(root.GetProperty("quick").GetBoolean());
        Assert.Equal(0.25, root.GetProperty("most_foreign_cpu_share").GetDouble());
        Assert.StartsWith("Linux ", root.GetProperty("kernel").GetString(), StringComparison.Ordinal);

        var contenders = root.GetProperty("contenders");
        Assert.Equal(["warren", "veth"], contenders.EnumerateObject().Select(c => c.Name));
        Assert.Equal("warren engine {if}", contenders.GetProperty("warren").GetProperty("command").GetString());
        var figures = contenders.GetProperty("warren").GetProperty("figures");
        Assert.Equal(Figure.All.Select(figure => figure.Key), figures.EnumerateObject().Select(f => f.Name));
        foreach (var (number, figure) in Figure.All.Index())
        {
            var of = figures.GetProperty(figure.Key);
            Assert.Equal([number + 0.5, number + 2.5], of.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
            Assert.Equal(number + 1.5, of.GetProperty("median").GetDouble());
            Assert.Equal(number + 0.5, of.GetProperty("least").GetDouble());
            Assert.Equal(number + 2.5, of.GetProperty("most").GetDouble());
            Assert.Equal(figure.LessIsBetter, of.GetProperty("less_is_better").GetBoolean());
        }

        Assert.Equal(["tcp1_mbit"], contenders.GetProperty("veth").GetProperty("figures").EnumerateObject().Select(f => f.Name));
    }

    [Fact]
    public void A_machine_that_was_not_watched_is_not_called_quiet()
    {
        using var document = Json(new BenchOptions(), null, new Samples(), Own);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("most_foreign_cpu_share").ValueKind);
    }

    [Fact]
    public void Keys_and_titles_of_figures_are_distinct()
    {
        Assert.Distinct(Figure.All.Select(figure => figure.Key));
        Assert.Distinct(Figure.All.Select(figure => figure.Title));
    }

    private static JsonDocument Json(BenchOptions options, double? noise, Samples samples, params Contender[] contenders)
    {
        using var output = new MemoryStream();
        ReportJson.Write(output, options, contenders, samples, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), noise);
        return JsonDocument.Parse(output.ToArray());
    }

    private static string Table(BenchOptions options, params Contender[] contenders)
    {
        var samples = new Samples();
        Add(Own, Figure.Tcp1, 4000, 2000, 3000);
        Add(Go, Figure.Tcp1, 500, 2000, 1500);
        Add(Rust, Figure.Tcp1, 6000);
        Add(Contender.Cable, Figure.Tcp1, 12345.6);
        Add(Own, Figure.Retransmits, 5);
        Add(Go, Figure.Retransmits, 0);
        Add(Go, Figure.Udp64, 90);
        Add(Own, Figure.Peers1, 2.5);
        Add(Go, Figure.Peers1, 5);
        using var output = new StringWriter { NewLine = "\n" };
        ReportTable.Write(output, options, contenders, samples);
        return output.ToString();

        void Add(Contender contender, Figure figure, params double[] values)
        {
            foreach (var value in values)
                samples.Add(contender, figure, value);
        }
    }
}
