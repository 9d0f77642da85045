using System.Collections.Generic;
using Warren.Protocol.Keys;

namespace Warren.Fabric.Check.Rules;

/// <summary>Public keys that nothing here can confirm. Not a fault: the holder is simply not among the files.</summary>
internal sealed class KeyUncheckedRule() : CheckRule("key-unchecked", "the holder of a public key is not among the files: it is neither right nor wrong")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        var told = new HashSet<PublicKey>();
        foreach (var (_, _, peer) in survey.Strangers)
        {
            if (peer.PublicKey is { IsKey: true } key && !KeyInWrongFieldRule.IsPrivate(survey, key) && told.Add(key.PublicKey))
                remarks.Info(this, key.Position, $"{key.PublicKey} is unchecked: no private key that was read yields it{(peer.Label is { } label ? $" (\"{label}\")" : "")}");
        }

        var taken = new Dictionary<PublicKey, Link>();
        foreach (var link in survey.Links)
        {
            if (link.IsByKey || link.To.Key is not null || link.Peer.PublicKey is not { IsKey: true } key)
                continue;
            if (taken.TryGetValue(key.PublicKey, out var first) && first.To != link.To)
            {
                remarks.Info(this, key.Position,
                    $"{key.PublicKey} is taken for {link.To.Name} here, and for {first.To.Name} on line {first.Peer.PublicKey!.Position.Line}: two hosts have two keys, unless both names are one host's", null, first.Peer.PublicKey.Position);
            }

            taken.TryAdd(key.PublicKey, link);
            if (!told.Add(key.PublicKey))
                continue;
            var where = link.To.IsRouter ? "the router makes its key itself; compare with what `warren show` prints there" : "its private key is kept elsewhere; compare with what `wg show` prints there";
            remarks.Info(this, key.Position, $"{key.PublicKey}, taken for {link.To.Name}, is unchecked: {where}", null, link.To.First.Position);
        }
    }
}
