using System;
using System.Collections.Generic;
using Warren.Protocol;

namespace Warren.Engine.Drops;

/// <summary>Counts drops by reason and keeps the last evidence of each.</summary>
/// <remarks>
/// Not thread safe: a worker's table is guarded by itself (<c>lock</c>), a peer's by the peer's lock. Room for a reason is
/// made the first time it occurs, so a table costs nothing before, is bounded by the number of reasons, and counting
/// allocates nothing from then on.
/// </remarks>
internal sealed class DropTable
{
    private DropRecord[] _records = [];

    /// <summary>Counts one drop.</summary>
    public void Add(DropReason reason, in DropEvidence evidence, ulong count = 1)
    {
        for (var i = 0; i < _records.Length; i++)
        {
            if (_records[i].Reason != reason)
                continue;
            _records[i] = new DropRecord(reason, _records[i].Count + count, evidence);
            return;
        }

        Array.Resize(ref _records, _records.Length + 1);
        _records[^1] = new DropRecord(reason, count, evidence);
    }

    /// <summary>A copy, in the order of the reasons.</summary>
    public DropRecord[] ToArray()
    {
        var copy = (DropRecord[])_records.Clone();
        Array.Sort(copy, static (left, right) => left.Reason.CompareTo(right.Reason));
        return copy;
    }

    /// <summary>Several workers' tables as one: counts added, the latest evidence kept.</summary>
    public static IReadOnlyList<DropRecord> Join(IEnumerable<DropRecord[]> tables)
    {
        var joined = new List<DropRecord>();
        foreach (var table in tables)
        {
            foreach (var record in table)
            {
                var index = joined.FindIndex(other => other.Reason == record.Reason);
                if (index < 0)
                    joined.Add(record);
                else
                    joined[index] = new DropRecord(
                        record.Reason, record.Count + joined[index].Count, Later(record.Last, joined[index].Last));
            }
        }

        joined.Sort(static (left, right) => left.Reason.CompareTo(right.Reason));
        return joined;
    }

    private static DropEvidence Later(in DropEvidence left, in DropEvidence right) =>
        (left.Seconds, left.Nanoseconds).CompareTo((right.Seconds, right.Nanoseconds)) >= 0 ? left : right;
}
