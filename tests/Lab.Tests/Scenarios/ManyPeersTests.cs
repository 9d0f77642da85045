using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Warren.Lab.Tests.Scenarios;

[Trait("Category", "Root")]
public sealed class ManyPeersTests
{
    private const int Count = 10_000;

    [Theory]
    [ClassData(typeof(Mixes))]
    public void One_among_ten_thousand_peers_is_served_and_keeps_its_session_when_the_others_go(Kit left, Kit right)
    {
        using var pair = new Pair(left, right).Up();
        var few = $"[Interface]\nListenPort = 51820\nPrivateKey = {pair.RightKey.Private}\n[Peer]\nPublicKey = {pair.LeftKey.Public}\nAllowedIPs = 10.9.0.1/32, fd09::1/128\n";
        var many = new StringBuilder(few);
        for (var i = 0; i < Count; i++)
        {
            many.Append("[Peer]\nPublicKey = ").Append(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))
                .Append($"\nAllowedIPs = 10.{100 + (i >> 16)}.{i >> 8 & 255}.{i & 255}/32, fd10::{i:x}/128\n");
        }

        pair.Right.WriteFile("/run/many.conf", many.ToString());
        pair.Right.WriteFile("/run/few.conf", few);
        pair.Right.Wg("syncconf", "wg0", "/run/many.conf");
        Assert.Equal(Count + 1, pair.Right.Wg("show", "wg0", "peers").Count(c => c == '\n'));
        var handshake = pair.Right.PeerNumber(pair.LeftKey.Public, "latest-handshakes");
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
        Assert.Equal(handshake, pair.Right.PeerNumber(pair.LeftKey.Public, "latest-handshakes"));

        // A new session, found among all of them.
        pair.Left.Down();
        pair.Left.Up();
        pair.Left.WaitReach("fd09::2", Pair.Soon);

        var sent = pair.Left.PeerNumber(pair.RightKey.Public, "transfer", 1);
        pair.Right.Wg("syncconf", "wg0", "/run/few.conf");
        Assert.Equal(pair.LeftKey.Public, pair.Right.Wg("show", "wg0", "peers").Trim());
        PingAssert.Answered(pair.Left.Ping("10.9.0.2"));
        Assert.True(pair.Left.PeerNumber(pair.RightKey.Public, "transfer", 1) > sent);
    }
}
