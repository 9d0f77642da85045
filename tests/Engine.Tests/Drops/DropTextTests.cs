using System.Collections.Generic;
using System.IO;
using Warren.Engine.Drops;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Drops;

public class DropTextTests
{
    private static readonly DropEvidence Full = new(
        1_700_000_000, 12, 148, new Endpoint(IpAddress.V4(0xc0000201), 4500), KeyOf(1), IpAddress.V4(1), IpAddress.V6(2));

    private static readonly DropEvidence Sparse = new(1_700_000_001, 0, 32, null, null, null, null);

    [Fact]
    public void What_is_written_is_read()
    {
        var report = new DropReport(
            [new(DropReason.BadMac1, ulong.MaxValue, Sparse), new(DropReason.SourceNotAllowed, 2, Full)],
            [new(KeyOf(2), [new(DropReason.Replay, 3, Sparse)]), new(KeyOf(3), [new(DropReason.QueueFull, 4, Full)])]);

        var read = Read(Write(report));

        Assert.Equal(report.Device, read.Device);
        Assert.Equal(report.Peers.Count, read.Peers.Count);
        for (var i = 0; i < read.Peers.Count; i++)
        {
            Assert.Equal(report.Peers[i].Peer, read.Peers[i].Peer);
            Assert.Equal(report.Peers[i].Drops, read.Peers[i].Drops);
        }
    }

    [Fact]
    public void Nothing_dropped_is_an_empty_report()
    {
        Assert.Equal("errno=0\n\n", Write(new DropReport([], [])));
        Assert.Empty(Read("errno=0\n\n").Device);
    }

    [Fact]
    public void A_reason_and_a_key_of_a_newer_engine_are_skipped()
    {
        var read = Read("drop=eaten-by-a-grue\ndrop_count=1\ndrop=bad-mac1\ndrop_count=5\ndrop_colour=red\nerrno=0\n\n");
        Assert.Equal([new DropRecord(DropReason.BadMac1, 5, default)], read.Device);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("drop\n")]
    [InlineData("drop_count=1\nerrno=0\n\n")]
    [InlineData("drop=replay\ndrop_count=-1\nerrno=0\n\n")]
    [InlineData("drop=replay\ndrop_endpoint=here\nerrno=0\n\n")]
    [InlineData("public_key=12\nerrno=0\n\n")]
    [InlineData("drop=replay\n")]
    public void A_malformed_answer_is_a_protocol_error(string text) =>
        Assert.Equal(Errno.EPROTO, Assert.Throws<DeviceException>(() => Read(text)).Errno);

    [Fact]
    public void Tables_of_workers_are_joined_by_reason_with_the_latest_evidence()
    {
        var (one, other) = (new DropTable(), new DropTable());
        one.Add(DropReason.Replay, Sparse, 2);
        one.Add(DropReason.BadMac1, Sparse);
        other.Add(DropReason.Replay, Full);
        IReadOnlyList<DropRecord> joined = DropTable.Join([one.ToArray(), other.ToArray()]);
        Assert.Equal([new(DropReason.BadMac1, 1, Sparse), new(DropReason.Replay, 3, Sparse)], joined);
    }

    private static PublicKey KeyOf(byte value)
    {
        var bytes = new byte[PublicKey.Size];
        bytes[0] = value;
        return PublicKey.FromBytes(bytes);
    }

    private static string Write(DropReport report)
    {
        using var writer = new StringWriter();
        DropText.Write(report, writer);
        return writer.ToString();
    }

    private static DropReport Read(string text) => DropText.Read(new StringReader(text));
}
