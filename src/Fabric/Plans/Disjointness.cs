using System;
using System.Collections.Generic;
using System.Linq;

namespace Warren.Fabric.Plans;

/// <summary>Proof that no two rows of a plan say something of the same packet: the kernel takes some overlaps in silence, and then the first one loaded wins (facts/enforcement 6).</summary>
public static class Disjointness
{
    /// <summary>Throws where two rows overlap, or where an interface does not say of every source who it is.</summary>
    /// <exception cref="InvalidOperationException">The plan is wrong: a fault of the compiler, never of a configuration.</exception>
    public static void Check(NodePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var rows in plan.Sources.GroupBy(row => (row.Interface, row.Addresses.IsIPv6)))
        {
            var next = AddressRange.All(rows.Key.IsIPv6).From;
            var isDone = false;
            foreach (var row in rows)
            {
                if (isDone || row.Addresses.From != next)
                    throw new InvalidOperationException($"sources of interface {rows.Key.Interface}: {row.Addresses} does not begin at {next}");
                isDone = row.Addresses.To == AddressRange.All(rows.Key.IsIPv6).To;
                if (!isDone)
                    next = AddressRange.After(row.Addresses.To);
            }

            if (!isDone)
                throw new InvalidOperationException($"sources of interface {rows.Key.Interface} end before {next}");
        }

        foreach (var rows in plan.Services.GroupBy(row => (row.Stage, row.Protocol, row.Class)))
            Check(rows.OrderBy(row => row.Addresses.From).ThenBy(row => row.FromPort), row => row.Addresses, row => (row.FromPort, row.ToPort));
        foreach (var rows in plan.Here.GroupBy(row => (row.Address, row.Link, row.Protocol, row.Class)))
        {
            var last = -1;
            foreach (var row in rows.OrderBy(row => row.FromPort))
            {
                if (row.FromPort <= last)
                    throw new InvalidOperationException($"{row} overlaps another");
                last = row.ToPort;
            }
        }
    }

    // Rows in the order of addresses: what is open from before overlaps only where its ports do not.
    private static void Check<T>(IEnumerable<T> rows, Func<T, AddressRange> addresses, Func<T, (ushort From, ushort To)> ports)
    {
        var open = new List<T>();
        foreach (var row in rows)
        {
            open.RemoveAll(before => !addresses(before).Overlaps(addresses(row)));
            foreach (var before in open)
            {
                if (ports(before).From <= ports(row).To && ports(row).From <= ports(before).To)
                    throw new InvalidOperationException($"{row} overlaps {before}");
            }

            open.Add(row);
        }
    }
}
