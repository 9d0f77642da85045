using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>A peer that may send and be sent nothing.</summary>
internal sealed class AllowedIpsMissingRule() : CheckRule("allowed-ips-missing", "a peer has no allowed IPs")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            foreach (var peer in tunnel.Peers)
            {
                if (!peer.HasAllowedIps)
                {
                    remarks.Error(this, peer.Position, "the peer has no allowed IPs: the handshake succeeds, but every packet to and from it is dropped",
                        tunnel.Form == TunnelForm.Authority ? "allowed-ip ADDRESS/LENGTH" : "AllowedIPs = the peer's address, and the subnets behind it");
                }
            }
        }
    }
}
