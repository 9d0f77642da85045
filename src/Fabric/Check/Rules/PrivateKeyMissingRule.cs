using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>An interface without a private key.</summary>
internal sealed class PrivateKeyMissingRule() : CheckRule("private-key-missing", "an interface has no private key")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            if (tunnel.PrivateKey is null && !tunnel.HasKeyElsewhere && !tunnel.IsFragment)
            {
                remarks.Add(this, tunnel.IsInProse ? Config.Severity.Info : Config.Severity.Error, tunnel.Position, "the interface has no PrivateKey: it can neither start nor answer a handshake",
                    tunnel.Form == TunnelForm.NetworkManager ? "private-key=KEY, as wg genkey prints it" : "PrivateKey = KEY, as wg genkey prints it");
            }
        }
    }
}
