namespace Warren.Bench.Throughput.Load;

/// <summary>Counts the datagrams of one flow by the sequence numbers in them, which start at 0. Pure.</summary>
internal sealed class SequenceCounter
{
    private ulong _expected;

    /// <summary>How many were received.</summary>
    public long Received { get; private set; }

    /// <summary>How many came behind a later one: their number was below the next expected (RFC 4737 §3.3). A duplicate is one too.</summary>
    public long Reordered { get; private set; }

    /// <summary>Counts one datagram.</summary>
    public void Add(ulong sequence)
    {
        Received++;
        if (sequence < _expected) Reordered++;
        else _expected = sequence + 1;
    }
}
