using System;
using System.Linq;
using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class KeepaliveRule() : RouterRule("keepalive-too-long", Severity.Warning, "A keepalive comes before the session that it keeps has ended.")
{
    private static readonly TimeSpan UdpTimeout = TimeSpan.FromMilliseconds(180_000);

    internal override void Check(ValidationContext context, Router router)
    {
        foreach (var profile in router.Profiles)
        {
            var timeout = profile.InactivityTimeout ?? UdpTimeout;
            foreach (var peer in profile.Peers.Where(peer => peer.Keepalive > 0 && TimeSpan.FromSeconds(peer.Keepalive) >= timeout))
            {
                context.Report(this, peer.Node, $"peer {peer.Name} sends a keepalive every {peer.Keepalive} s, and the session ends after {timeout.TotalSeconds:0.###} s", $"write persistent-keepalive {Math.Max(1, Math.Min(25, (int)timeout.TotalSeconds / 2))}",
                    peer.PositionOf(Peer.KeepaliveLeaf));
            }
        }
    }
}
