using System;
using System.Collections.Generic;
using Warren.Config.Model;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>
/// Rules over prefixes and ports, of which the most specific wins, made into disjoint boxes of which each address and port is in one at most. Prefixes are nested or apart, so
/// addresses fall into segments, each inside of a known stack of prefixes; in each segment ports are given out from the innermost prefix outwards.
/// </summary>
/// <remarks>Time grows with rules times the depth of their nesting, and with the boxes that come out.</remarks>
internal static class Flattening
{
    /// <summary>A rule.</summary>
    /// <param name="Prefix">Its addresses; the longer prefix wins.</param>
    /// <param name="Ports">Its ports.</param>
    /// <param name="Rank">Of two with the same prefix, the lower wins.</param>
    /// <param name="Outcome">What it says; equal outcomes side by side are joined.</param>
    internal readonly record struct Rule<T>(IpPrefix Prefix, PortRange Ports, int Rank, T Outcome);

    /// <summary>Addresses and ports for which one thing is said.</summary>
    internal readonly record struct Box<T>(AddressRange Addresses, ushort FromPort, ushort ToPort, T Outcome);

    /// <summary>The boxes of rules of one family, in the order of addresses, then of ports.</summary>
    internal static List<Box<T>> Flatten<T>(List<Rule<T>> rules)
        where T : IEquatable<T>
    {
        rules.Sort(static (a, b) =>
        {
            var order = a.Prefix.Address.CompareTo(b.Prefix.Address);
            return order != 0 ? order : a.Prefix.Length != b.Prefix.Length ? a.Prefix.Length.CompareTo(b.Prefix.Length) : a.Rank.CompareTo(b.Rank);
        });
        var boxes = new List<Box<T>>();
        var open = new List<int>();
        var segment = new List<Box<T>>();
        var last = new List<Box<T>>();
        IpAddress? from = null;
        for (var at = 0; at <= rules.Count; at++)
        {
            // What ends before the next rule begins, innermost first.
            while (open.Count > 0 && (at == rules.Count || rules[at].Prefix.IsIPv6 != rules[open[^1]].Prefix.IsIPv6 || AddressRange.Of(rules[open[^1]].Prefix).To < rules[at].Prefix.Address))
            {
                var end = AddressRange.Of(rules[open[^1]].Prefix).To;
                if (from is { } start && start <= end)
                    Emit(start, end);
                var prefix = rules[open[^1]].Prefix;
                while (open.Count > 0 && rules[open[^1]].Prefix == prefix)
                    open.RemoveAt(open.Count - 1);
                from = open.Count > 0 && AddressRange.Of(rules[open[^1]].Prefix).To > end ? AddressRange.After(end) : null;
                if (from is null && open.Count > 0)
                {
                    // Ends where the inner one ended: nothing is left of it.
                    while (open.Count > 0 && AddressRange.Of(rules[open[^1]].Prefix).To == end)
                        open.RemoveAt(open.Count - 1);
                    from = open.Count > 0 ? AddressRange.After(end) : null;
                }
            }

            if (at == rules.Count)
                break;
            if (open.Count > 0 && from is { } begun && begun < rules[at].Prefix.Address)
                Emit(begun, AddressRange.Before(rules[at].Prefix.Address));
            from = rules[at].Prefix.Address;
            open.Add(at);
        }

        Join(boxes, last);
        return boxes;

        void Emit(IpAddress start, IpAddress end)
        {
            segment.Clear();
            Ports(rules, open, new AddressRange(start, end), segment);
            var joins = last.Count == segment.Count && last.Count > 0 && last[0].Addresses.IsIPv6 == start.IsIPv6 && last[0].Addresses.To < start
                && AddressRange.After(last[0].Addresses.To) == start;
            for (var i = 0; i < last.Count && joins; i++)
                joins = last[i].FromPort == segment[i].FromPort && last[i].ToPort == segment[i].ToPort && last[i].Outcome.Equals(segment[i].Outcome);
            if (joins)
            {
                for (var i = 0; i < last.Count; i++)
                    last[i] = last[i] with { Addresses = new AddressRange(last[i].Addresses.From, end) };
                return;
            }

            Join(boxes, last);
            last.AddRange(segment);
        }
    }

    private static void Join<T>(List<Box<T>> boxes, List<Box<T>> last)
    {
        boxes.AddRange(last);
        last.Clear();
    }

    // From the innermost prefix outwards, each rule takes the ports that are left; of the same prefix the lower rank first.
    private static void Ports<T>(List<Rule<T>> rules, List<int> open, AddressRange addresses, List<Box<T>> boxes)
        where T : IEquatable<T>
    {
        for (var last = open.Count - 1; last >= 0;)
        {
            var first = last;
            while (first > 0 && rules[open[first - 1]].Prefix == rules[open[last]].Prefix)
                first--;
            for (var i = first; i <= last; i++)
                Take(boxes, addresses, rules[open[i]].Ports, rules[open[i]].Outcome);
            if (boxes.Count == 1 && boxes[0].FromPort == 0 && boxes[0].ToPort == ushort.MaxValue)
                return;
            last = first - 1;
        }

        // Side by side and the same: one.
        for (var i = boxes.Count - 1; i > 0; i--)
        {
            if (boxes[i - 1].ToPort + 1 == boxes[i].FromPort && boxes[i - 1].Outcome.Equals(boxes[i].Outcome))
            {
                boxes[i - 1] = boxes[i - 1] with { ToPort = boxes[i].ToPort };
                boxes.RemoveAt(i);
            }
        }
    }

    // Puts what is left of a range between the boxes, which are in order of ports.
    private static void Take<T>(List<Box<T>> boxes, AddressRange addresses, PortRange range, T outcome)
    {
        var from = (int)range.From;
        for (var i = 0; i <= boxes.Count && from <= range.To; i++)
        {
            var next = i < boxes.Count ? boxes[i].FromPort : ushort.MaxValue + 1;
            if (from < next)
            {
                var to = Math.Min(next - 1, range.To);
                boxes.Insert(i, new Box<T>(addresses, (ushort)from, (ushort)to, outcome));
                from = to + 1;
                i++;
            }

            if (i < boxes.Count)
                from = Math.Max(from, boxes[i].ToPort + 1);
        }
    }
}
