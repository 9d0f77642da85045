using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Plans;
using Warren.Fabric.Policies;

namespace Warren.Fabric.Verification;

/// <summary>What a plan says of whole regions at once: interval algebra over its rows, stage by stage. Nothing is sampled.</summary>
internal sealed class Outcomes
{
    private readonly ILookup<(int Class, LookupStage Stage), ServiceRow> _rows;
    private readonly Dictionary<int, EntryPlan> _entries;
    private readonly Dictionary<int, List<AddressRange>> _reached = [];
    private readonly List<AddressRange> _own;

    public Outcomes(NodePlan plan)
    {
        Plan = plan;
        _rows = plan.Services.ToLookup(row => (row.Class, row.Stage));
        _entries = plan.Entries.ToDictionary(entry => entry.Id);
        _own = [.. plan.OwnAddresses.Select(own => new AddressRange(own.Address, own.Address))];
        foreach (var of in plan.Interfaces)
        {
            if (plan.Devices.FirstOrDefault(device => device.Interface == of.Name) is { } device)
                _reached[of.Id] = [.. device.Peers.SelectMany(peer => peer.AllowedIps).Select(AddressRange.Of)];
        }
    }

    /// <summary>A piece of a region of which one thing is said.</summary>
    public readonly record struct Piece(Region Region, Verdict Verdict, string? Service);

    /// <summary>The plan.</summary>
    public NodePlan Plan { get; }

    /// <summary>Sources of a tenant, or of tenants inside of it: by which interface, which addresses, of which class. Of a profile, those alone that a peer may have.</summary>
    public IEnumerable<SourceRow> SourcesOf(Func<string, bool> isTenant)
    {
        foreach (var row in Plan.Sources)
        {
            if (!isTenant(row.Tenant))
                continue;
            if (!_reached.TryGetValue(row.Interface, out var allowed))
            {
                yield return row;
                continue;
            }

            foreach (var range in allowed)
            {
                if (new Region(row.Addresses, IpProtocol.Tcp, 0, 0).Intersect(range, 0, 0) is { } common)
                    yield return row with { Addresses = common.Addresses };
            }
        }
    }

    /// <summary>What is said of a region to a class: pieces that together are the region, without the machine's own addresses.</summary>
    public IEnumerable<Piece> Of(int sourceClass, Region region)
    {
        var left = Region.WithoutAddresses([region], _own.Where(own => region.Addresses.Overlaps(own)));
        foreach (var stage in (LookupStage[])[LookupStage.Port, LookupStage.Protocol, LookupStage.Any])
        {
            foreach (var row in _rows[(sourceClass, stage)])
            {
                if ((row.Protocol != region.Protocol && row.Protocol != IpProtocol.Any) || !row.Addresses.Overlaps(region.Addresses))
                    continue;
                var taken = left.Select(part => part.Intersect(row.Addresses, row.FromPort, row.ToPort)).OfType<Region>().ToList();
                foreach (var piece in taken)
                {
                    left = Region.Without(left, piece);
                    foreach (var said in Say(row, piece))
                        yield return said;
                }
            }
        }

        foreach (var part in left)
            yield return new Piece(part, Verdict.NoService, null);
    }

    private IEnumerable<Piece> Say(ServiceRow row, Region piece)
    {
        if (row.Entry == 0)
        {
            yield return new Piece(piece, Verdict.Denied, row.Service);
            yield break;
        }

        var entry = _entries[row.Entry];
        if (entry.Way != WayOut.Profile)
        {
            yield return new Piece(piece, entry.Way switch { WayOut.None => Verdict.NoRoute, WayOut.Machine => Verdict.AllowedHere, _ => Verdict.Allowed }, row.Service);
            yield break;
        }

        var reached = _reached[entry.Interface];
        if (entry.NatTarget is { } target)
        {
            yield return new Piece(piece, reached.Exists(range => range.Contains(target)) ? Verdict.Allowed : Verdict.NoPeer, row.Service);
            yield break;
        }

        List<Region> left = [piece];
        foreach (var range in reached)
        {
            foreach (var part in left.Select(of => of.Intersect(range, 0, ushort.MaxValue)).OfType<Region>().ToList())
            {
                left = Region.Without(left, part);
                yield return new Piece(part, Verdict.Allowed, row.Service);
            }
        }

        foreach (var part in left)
            yield return new Piece(part, Verdict.NoPeer, row.Service);
    }
}
