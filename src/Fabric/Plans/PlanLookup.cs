using System;
using System.Linq;
using Warren.Config.Model;
using Warren.Fabric.Policies;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Plans;

/// <summary>What a plan says of a packet, by its tables alone: what the kernel will do with them.</summary>
public static class PlanLookup
{
    /// <summary>What becomes of a packet. The steps are empty: a plan knows no lines.</summary>
    public static Decision Decide(NodePlan plan, Packet packet)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Interfaces.FirstOrDefault(of => of.Name == packet.Interface) is not { } ingress)
            return new Decision(Verdict.NoInterface, []);
        if (ingress.IsProfile && Peer(plan, ingress.Id, packet.Source) is null)
            return new Decision(Verdict.SourceNotAllowed, []);
        var source = plan.Sources.First(row => row.Interface == ingress.Id && row.Addresses.Contains(packet.Source));
        var decision = new Decision(Verdict.NoService, []) { Tenant = source.Tenant };
        foreach (var own in plan.OwnAddresses)
        {
            if (own.Address == packet.Destination)
                return Here(plan, packet, ingress, own, source.Class, decision);
        }

        foreach (var stage in (ReadOnlySpan<LookupStage>)[LookupStage.Port, LookupStage.Protocol, LookupStage.Any])
        {
            foreach (var row in plan.Services)
            {
                if (row.Stage == stage && row.Class == source.Class && (row.Protocol == packet.Protocol || row.Protocol == IpProtocol.Any)
                    && packet.Port >= row.FromPort && packet.Port <= row.ToPort && row.Addresses.Contains(packet.Destination))
                    return Serve(plan, packet, row, decision);
            }
        }

        return decision;
    }

    /// <summary>The peer of a device that has an address: the one with the longest allowed IP.</summary>
    public static string? Peer(NodePlan plan, int interfaceId, IpAddress address)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var name = plan.Interfaces.First(of => of.Id == interfaceId).Name;
        if (plan.Devices.FirstOrDefault(of => of.Interface == name) is not { } device)
            return null;
        string? best = null;
        var length = -1;
        foreach (var peer in device.Peers)
        {
            foreach (var allowed in peer.AllowedIps)
            {
                if (allowed.Length > length && allowed.Contains(address))
                    (best, length) = (peer.Name, allowed.Length);
            }
        }

        return best;
    }

    private static Decision Here(NodePlan plan, Packet packet, InterfacePlan ingress, OwnAddress own, int of, Decision decision)
    {
        foreach (var row in plan.Here)
        {
            if (row.Address == packet.Destination && row.Class == of && row.Protocol == packet.Protocol && packet.Port >= row.FromPort && packet.Port <= row.ToPort)
                return decision with { Verdict = row.IsAllowed ? Verdict.AllowedHere : Verdict.DeniedHere, Service = row.Service };
        }

        if (packet.Protocol == IpProtocol.Icmp)
            return decision with { Verdict = plan.Interfaces.First(i => i.Id == own.Interface).AnswersIcmp ? Verdict.AllowedHere : Verdict.DeniedHere };
        return decision with { Verdict = ingress.IsPoliced ? Verdict.DeniedHere : Verdict.LeftToHost };
    }

    private static Decision Serve(NodePlan plan, Packet packet, ServiceRow row, Decision decision)
    {
        decision = decision with { Service = row.Service, Stage = row.Stage };
        if (row.Entry == 0)
            return decision with { Verdict = Verdict.Denied };
        var entry = plan.Entries.First(of => of.Id == row.Entry);
        decision = decision with
        {
            Route = entry.Route,
            NatTarget = entry.NatTarget,
            PortTarget = entry.PortTarget,
            Gateway = entry.Gateway,
            SourceNat = entry.SourceNat,
            Egress = entry.Interface == 0 ? null : plan.Interfaces.First(of => of.Id == entry.Interface).Name,
        };
        switch (entry.Way)
        {
            case WayOut.None:
                return decision with { Verdict = Verdict.NoRoute };
            case WayOut.Machine:
                return decision with { Verdict = Verdict.AllowedHere };
            case WayOut.Profile:
                var peer = Peer(plan, entry.Interface, entry.NatTarget ?? packet.Destination);
                return decision with { Verdict = peer is null ? Verdict.NoPeer : Verdict.Allowed, Peer = peer };
            default:
                return decision with { Verdict = Verdict.Allowed };
        }
    }
}
