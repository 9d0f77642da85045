using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>Public keys in the place of private ones, and private ones where everybody sees them.</summary>
internal sealed class KeyInWrongFieldRule() : CheckRule("key-in-wrong-field", "a public key stands where a private key belongs, or a private key where a public one does")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (host, tunnel) in survey.Tunnels())
        {
            if (tunnel.PrivateKey is { IsKey: true } secret && !host.In.Exists(link => link.IsByKey) && secret.IsAmong(survey.PeerKeys, out var twin))
            {
                remarks.Error(this, secret.Position, $"PrivateKey is the public key that others have as a peer's ({Remarks.At(twin.Position)}): this host cannot prove that it is that peer",
                    "PrivateKey = the private key from which wg pubkey made it", null, twin.Position);
            }

            foreach (var peer in tunnel.Peers)
            {
                if (peer.PublicKey is { IsKey: true } written && IsPrivate(survey, written))
                {
                    remarks.Error(this, written.Position, "PublicKey is a private key, not the public key that it yields: no handshake succeeds, and the secret stands where it does not belong",
                        $"PublicKey = {written.Yield()}, and make a new pair of keys for that host", written.ReplaceWith(written.Yield()));
                }
            }
        }
    }

    /// <summary>Whether a peer's public key is in truth somebody's private key. Only what has a private key's shape is tried: one public key in 32.</summary>
    internal static bool IsPrivate(Survey survey, WrittenKey written)
    {
        if (!written.LooksPrivate || survey.Holders.ContainsKey(written.PublicKey))
            return false;
        var yielded = written.Yield();
        return survey.Holders.ContainsKey(yielded) || survey.PeerKeys.ContainsKey(yielded);
    }
}
