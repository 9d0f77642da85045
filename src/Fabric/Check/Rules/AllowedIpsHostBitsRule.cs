namespace Warren.Fabric.Check.Rules;

/// <summary>Allowed IPs that mean a whole network although one address is written.</summary>
internal sealed class AllowedIpsHostBitsRule() : CheckRule("allowed-ips-host-bits", "allowed IPs have an address with the length of its network")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (_, tunnel) in survey.Tunnels())
        {
            foreach (var peer in tunnel.Peers)
            {
                foreach (var allowed in peer.AllowedIps)
                {
                    if (!allowed.HasHostBits)
                        continue;
                    var isOne = tunnel.Peers.Count > 1;
                    var meant = isOne ? $"{allowed.Address}/{allowed.Address.BitLength}" : allowed.Prefix.ToString();
                    remarks.Warning(this, allowed.Place.Position,
                        $"{allowed.Place} allows all of {allowed.Prefix}, not {allowed.Address} alone{(isOne ? ": other peers of this network get nothing" : "")}",
                        AllowedIpsLine.With(tunnel, peer, allowed, meant), allowed.Place.ReplaceWith(meant));
                }
            }
        }
    }
}
