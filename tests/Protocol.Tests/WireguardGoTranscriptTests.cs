using System;
using System.Linq;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;
using Warren.Testing;

namespace Warren.Protocol.Tests;

/// <summary>Whole conversations with wireguard-go 0.0.20220316, recorded byte by byte over loopback. Its private key was 32
/// times 0x11, ours 32 times 0x22, the preshared key 32 times 0x33. Our side ran on <see cref="SeededRandom"/> 7, which takes
/// a handshake's index first and its ephemeral key after; with another order its answers cannot be opened.</summary>
public sealed class WireguardGoTranscriptTests : IDisposable
{
    private static readonly Instant Now = Instant.Zero;
    private static readonly Tai64N Wall = Tai64N.FromUnix(1_800_000_000, 0);
    private static readonly Path Go = new(new Endpoint(IpAddress.V4(0x7F000001), 7001));

    // What we sent: an ICMP echo request from 10.9.0.2 to 10.9.0.1.
    private const string EchoRequest =
        "4500003000000000400166b90a0900020a09000108008382010000001c1d1e1f202122232425262728292a2b2c2d2e2f";

    private readonly PrivateKey _key = PrivateKey.FromBytes(Enumerable.Repeat((byte)0x22, 32).ToArray());
    private readonly TunnelEnd _end;

    public WireguardGoTranscriptTests()
    {
        using var remote = PrivateKey.FromBytes(Enumerable.Repeat((byte)0x11, 32).ToArray());
        using var presharedKey = PresharedKey.FromBytes(Enumerable.Repeat((byte)0x33, 32).ToArray());
        _end = new TunnelEnd(_key, remote.PublicKey, new SeededRandom(7));
        _end.Tunnel.SetPresharedKey(presharedKey);
    }

    [Fact]
    public void It_initiates_we_respond_and_its_ping_arrives()
    {
        Receive(
            "01000000a3569cccaa69efd784e34e2ea14d5bbafc4ec03b223c6378355e1cc4518637ac92db1d5c81ad37a245364de556bfd6d9e9af83687c3b788e"
            + "51e9353eb840353727083c9a5b16a4ad7c8fbfef7b86133d29b3bae9e349017c3efd658187bd92462859758252273a1287fdc61ec676427a3d9a28cf"
            + "b8c9afef257d472d2866d9e700000000000000000000000000000000");
        Assert.Equal(
            "02000000d70d3259a3569ccc2c2727dfaf2bb595cc4f8ae4dfc5b37725658c656d9dad43317d0730f12bf27c32575346dcb9f62125d0f6d761007eb8"
            + "82ff8d93d3e6e34a4b279216a18f131e00000000000000000000000000000000",
            Poll());
        Receive(
            "04000000d70d3259000000000000000042a26d3718bf6fa9c790beb98ff836c25948543d15e7172c66b8c9750a725871fa626a8c39757fc639cc6120"
            + "a97cff4613fdda77c2f5ad7bd1f11a3dc42af90b");
        Assert.Equal(
            "45000030a0624000400186560a0900010a0900020800573365580001f91e016b0000000017c507000000000010111213",
            Convert.ToHexStringLower(Assert.Single(_end.Delivered)));
    }

    [Fact]
    public void We_initiate_it_responds_and_answers_our_ping()
    {
        _end.Tunnel.SetEndpoint(Go.Remote);
        Assert.Null(_end.Send(Now, Ping()));
        Assert.Equal(OurInitiation, Poll());
        Receive(
            "0200000070484dc5d70d32593b6bca201c1a8739f8da72852b14b0773e54ef1d5553a5895cbf076204582a2350c109db9246a993c22b6e99ec465643"
            + "17aefc9ff8dd4568c104be9dcb7a054600000000000000000000000000000000");
        Assert.Equal(
            "0400000070484dc50000000000000000c44813fcc4bd7b7275aaa9fc21a1bd7b9ae93d745df7afa255afdeaa89db79a972d26470e13c77bab920ea96"
            + "0577739c0e7a1fc01368054a886e9217996c0903",
            Poll());
        Receive(
            "04000000d70d32590000000000000000af30a2ffa0f3c0e4c8ae05209c95261e67e036c4731ddc1c1079dcb701092dcc0e5ab22a0e77f3a5b0e2aa7d"
            + "93953b5568a5fe7f1abfc4550eddacd8c5f54eae");
        Assert.Equal(
            "45000030e4860000400182320a0900010a09000200008b82010000001c1d1e1f202122232425262728292a2b2c2d2e2f",
            Convert.ToHexStringLower(Assert.Single(_end.Delivered)));
    }

    [Fact]
    public void Under_load_it_sends_a_cookie_that_our_next_initiation_carries()
    {
        _end.Tunnel.SetEndpoint(Go.Remote);
        _end.Send(Now, Ping());
        Assert.Equal(OurInitiation, Poll());
        Receive(
            "03000000d70d3259f8d9f5edb178dcd5131167096472976212127564f7ac40b355fbd98ab03d43777527e2376877df4806f125486cc8becd3b22db9b"
            + "b82180a9");
        var later = Now + TimeSpan.FromSeconds(6);
        var second = _end.Poll(later, Tai64N.FromUnix(1_800_000_006, 0));
        Assert.Equal(
            "01000000f6d0c233c2c1d265b6a485bb6a657aa532761ff2e8a1fa40746c036e6fd2f37dc985a60d686c13415f6846873243bbdd6e5220ec09105d51"
            + "dd75b68bb5a04d8de8e99e80bcb6c79516d4759dbe082aa9369edf96b09f217cbaf9a71fd0655233cf6c5c0b464feef1dc1cf6b7b67ab2a312c7752d"
            + "670bb7b4a260b1fba74c812c95cc7313c1cb7513da6a255f4a12c483",
            Convert.ToHexStringLower(second!));
        Assert.Equal(DropReason.None, _end.Receive(later, Convert.FromHexString(
            "020000006a257659f6d0c233683a31b79a58eac366822d7a89d6f75409682182adae74174ad0e6f6acd0067d520043555d3b51ef03eff7a2a294c82b"
            + "6fb1d588f633db1477cdcabce2d2ae1100000000000000000000000000000000"), Go, out _));
    }

    private const string OurInitiation =
        "01000000d70d32592c2727dfaf2bb595cc4f8ae4dfc5b37725658c656d9dad43317d0730f12bf27ca73f94d4d7f2e953c7c507376e045d284d09da25"
        + "5e7caa5afb1dc25a5b01d5b7682b3c7f94af85d227f2bd8ab8869fe613b2be04db15a482981931a00b0c2d794fd706b9c8e7498023367d48d8b5814b"
        + "66958c893c7efdc2a50831fc00000000000000000000000000000000";

    private static byte[] Ping() => Convert.FromHexString(EchoRequest);

    private void Receive(string hex) =>
        Assert.Equal(DropReason.None, _end.Receive(Now, Convert.FromHexString(hex), Go, out _));

    private string Poll() => Convert.ToHexStringLower(_end.Poll(Now, Wall) ?? []);

    public void Dispose()
    {
        _end.Dispose();
        _key.Dispose();
    }
}
