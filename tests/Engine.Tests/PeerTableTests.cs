using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Warren.Protocol;
using Warren.Protocol.Crypto;
using Warren.Protocol.Keys;
using Warren.Protocol.Sessions;

namespace Warren.Engine.Tests;

public class PeerTableTests
{
    [Fact]
    public void Peers_are_found_by_key_and_walked_in_the_order_they_came()
    {
        var random = new Random(11);
        var table = new PeerTable();
        var model = new List<Peer>();
        var gone = new List<Peer>();
        for (var i = 0; i < 5000; i++)
        {
            if (model.Count > 0 && random.Next(100) < (i / 1000 % 2 == 0 ? 30 : 70))
            {
                var at = random.Next(model.Count);
                table.Remove(model[at]);
                gone.Add(model[at]);
                model.RemoveAt(at);
            }
            else
            {
                var peer = NewPeer(i);
                table.Add(peer);
                model.Add(peer);
            }

            if (i % 97 == 0)
                Assert.Equal(model, Walk(table));
        }

        Assert.Equal(model, Walk(table));
        Assert.Equal(model.Count, table.Count);
        Assert.All(model, peer => Assert.True(table.TryFind(peer.Key, out var found) && found == peer));
        Assert.All(gone, peer => Assert.False(table.TryFind(peer.Key, out _)));
        foreach (var peer in model)
            table.Remove(peer);
        Assert.Null(table.First);
        Assert.Equal(0, table.Count);
        Assert.All(model, peer => Assert.False(table.TryFind(peer.Key, out _)));
    }

    [Fact]
    public async Task A_peer_that_stays_is_found_while_others_come_and_go()
    {
        var table = new PeerTable();
        var stable = Enumerable.Range(0, 50).Select(NewPeer).ToArray();
        foreach (var peer in stable)
            table.Add(peer);
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var peer in stable)
                    Assert.True(table.TryFind(peer.Key, out var found) && found == peer);
            }
        });
        var others = Enumerable.Range(1000, 500).Select(NewPeer).ToArray();
        for (var round = 0; round < 100; round++)
        {
            foreach (var peer in others)
                table.Add(peer);
            foreach (var peer in others)
                table.Remove(peer);
        }

        await stop.CancelAsync();
        await reader;
        Assert.Equal(stable, Walk(table));
    }

    private static List<Peer> Walk(PeerTable table)
    {
        var peers = new List<Peer>();
        for (var peer = table.First; peer is not null; peer = peer.Next)
            peers.Add(peer);
        return peers;
    }

    private static Peer NewPeer(int number)
    {
        var key = new byte[PublicKey.Size];
        BitConverter.TryWriteBytes(key, number);
        return new Peer(new Tunnel(null, PublicKey.FromBytes(key), new IndexTable(), Primitives.Managed, SystemRandom.Shared), null!);
    }
}
