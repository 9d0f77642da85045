using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>A peer whose public key is not the one that its host's private key yields.</summary>
internal sealed class PublicKeyWrongRule() : CheckRule("public-key-wrong", "a peer's public key is not the one that the private key of that host yields")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var link in survey.Links)
        {
            if (link.IsByKey || link.To.Key is not { } key || link.Peer.PublicKey is not { IsKey: true } written || KeyInWrongFieldRule.IsPrivate(survey, written)
                || link.To.First.PrivateKey!.IsAmong(survey.PeerKeys, out _))
                continue;
            var at = link.To.First.PrivateKey!.Position;
            remarks.Error(this, written.Position,
                $"{written.PublicKey} is not the public key of {link.To.Name}, which {link.Reason}: its private key ({Remarks.At(at)}) yields {key}, so no handshake succeeds",
                Line(link.Version.Form, key.ToString()), written.ReplaceWith(key), at);
        }
    }

    private static string Line(TunnelForm form, string key) => form switch
    {
        TunnelForm.NetworkManager => $"[wireguard-peer.{key}]",
        TunnelForm.Authority => $"public-key {key}",
        _ => $"PublicKey = {key}",
    };
}
