using System;
using System.Runtime.CompilerServices;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Tests;

public class PeerSizeTests
{
    private const int Peers = 10_000;

    [Fact]
    public void An_idle_peer_with_two_prefixes_takes_at_most_1280_bytes()
    {
        // What this thread allocates, garbage of growing tables included: nothing another test does changes it.
        Add(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Add(Peers);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Peers;
        Assert.InRange(each, 1, 1280);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(int count)
    {
        var (indices, table, allowedIps) = (new IndexTable(), new PeerTable(), new AllowedIps<Peer>());
        Span<byte> key = stackalloc byte[PublicKey.Size];
        key.Clear();
        for (var i = 0; i < count; i++)
        {
            BitConverter.TryWriteBytes(key, i);
            var peer = new Peer(
                new Tunnel(null, PublicKey.FromBytes(key), indices, Primitives.Managed, SystemRandom.Shared), null!);
            table.Add(peer);
            allowedIps.Insert(new IpPrefix(IpAddress.V4(0x0a000000 + (uint)i), 32), peer);
            allowedIps.Insert(new IpPrefix(IpAddress.V6(((UInt128)0xfd00 << 112) + (uint)i), 128), peer);
            peer.Settle();
        }
    }
}
