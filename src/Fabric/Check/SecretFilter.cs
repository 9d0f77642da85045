using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using Warren.Config.Documents;
using Warren.Protocol.Keys;

namespace Warren.Fabric.Check;

/// <summary>
/// The last door before output: no finding shows a secret, whichever field it was written into, whole or cut. A run of letters and digits that may be
/// one is shown only when it is a public key for sure: what a private key that was read yields, or what has not the shape of a private key.
/// </summary>
internal sealed class SecretFilter
{
    // Shorter runs are words; a key has 44 characters.
    private const int Shortest = 20;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    private readonly HashSet<PublicKey> _secrets = [];
    private readonly Survey _survey;

    internal SecretFilter(Survey survey)
    {
        _survey = survey;
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            tunnel.PrivateKey?.AddTo(_secrets);
            foreach (var peer in tunnel.Peers)
                peer.PresharedKey?.AddTo(_secrets);
        }
    }

    internal Remark Clean(Remark remark)
    {
        var finding = remark.Finding;
        var (message, fix) = (Clean(finding.Message, remark), finding.Fix is null ? null : Clean(finding.Fix, remark));
        return ReferenceEquals(message, finding.Message) && ReferenceEquals(fix, finding.Fix) ? remark : remark with { Finding = finding with { Message = message, Fix = fix } };
    }

    private string Clean(string text, Remark remark)
    {
        StringBuilder? clean = null;
        var kept = 0;
        for (var at = 0; at < text.Length;)
        {
            var start = text.AsSpan(at).IndexOfAny(Characters);
            if (start < 0)
                break;
            start += at;
            var length = text.AsSpan(start).IndexOfAnyExcept(Characters);
            at = length < 0 ? text.Length : start + length;
            if (at - start < Shortest || IsPublic(text.AsSpan(start, at - start), remark))
                continue;
            (clean ??= new StringBuilder()).Append(text, kept, start - kept).Append("(hidden)");
            kept = at;
        }

        return clean is null ? text : clean.Append(text, kept, text.Length - kept).ToString();
    }

    private bool IsPublic(ReadOnlySpan<char> run, Remark remark)
    {
        if (PublicKey.TryParse(run, out var key))
            return !_secrets.Contains(key) && (_survey.Holders.ContainsKey(key) || !WrittenKey.HasPrivateShape(key));
        return !IsMixed(run) || IsName(remark.Finding.Position.Source?.Name, run) || IsName(remark.Finding.Other.Source?.Name, run);
    }

    private static bool IsName(string? name, ReadOnlySpan<char> run) => name is not null && name.AsSpan().Contains(run, StringComparison.Ordinal);

    // A word has small letters, perhaps a capital; a key has some of everything.
    private static bool IsMixed(ReadOnlySpan<char> run) =>
        run.ContainsAnyInRange('0', '9') && run.ContainsAnyInRange('A', 'Z') && run.ContainsAnyInRange('a', 'z');
}
