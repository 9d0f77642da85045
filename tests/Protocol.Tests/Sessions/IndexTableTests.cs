using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Warren.Protocol.Crypto;
using Warren.Protocol.Sessions;
using Warren.Testing;

namespace Warren.Protocol.Tests.Sessions;

public sealed class IndexTableTests
{
    [Fact]
    public void An_index_belongs_to_a_handshake_then_to_its_keypair_then_to_nobody()
    {
        using var pair = new Pair();
        var (table, tunnel) = (pair.A.Indices, pair.A.Tunnel);
        var index = table.Allocate(tunnel, new SeededRandom(1));
        Assert.True(table.TryGetTunnel(index, out var found));
        Assert.Same(tunnel, found);
        Assert.False(table.TryGetKeypair(index, out _));

        var keypair = new Keypair(tunnel, Primitives.Managed, Instant.Zero, isInitiator: true, index, 1);
        table.Replace(keypair);
        Assert.True(table.TryGetKeypair(index, out var foundKeypair));
        Assert.Same(keypair, foundKeypair);
        Assert.True(table.TryGetTunnel(index, out found));
        Assert.Same(tunnel, found);

        table.Remove(index, tunnel);
        Assert.Equal(1, table.Count);
        table.Remove(index, keypair);
        Assert.Equal(0, table.Count);
        Assert.False(table.TryGetTunnel(index, out _));
    }

    [Fact]
    public void Never_gives_out_zero_or_an_index_in_use()
    {
        using var pair = new Pair();
        var random = new ScriptedRandom(0, 7, 7, 7, 9);
        Assert.Equal(7u, pair.A.Indices.Allocate(pair.A.Tunnel, random));
        Assert.Equal(9u, pair.A.Indices.Allocate(pair.A.Tunnel, random));
    }

    [Fact]
    public async Task Lookups_beside_changes_find_the_owner_or_nothing()
    {
        using var pair = new Pair();
        var (table, tunnel) = (pair.A.Indices, pair.A.Tunnel);
        var stable = Enumerable.Range(0, 100).Select(i => table.Allocate(tunnel, new SeededRandom((ulong)i + 50))).ToArray();
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var index in stable)
                    Assert.True(table.TryGetTunnel(index, out _));
            }
        });
        var random = new SeededRandom(3);
        for (var i = 0; i < 20_000; i++)
            table.Remove(table.Allocate(tunnel, random), tunnel);
        await stop.CancelAsync();
        await reader;
        Assert.Equal(stable.Length, table.Count);
    }

    [Fact]
    public void Many_indices_each_name_their_own_owner()
    {
        using var pair = new Pair();
        var (table, tunnel) = (pair.A.Indices, pair.A.Tunnel);
        var random = new SeededRandom(9);
        var keypairs = Enumerable.Range(0, 3000).Select(_ =>
        {
            var keypair = new Keypair(tunnel, Primitives.Managed, Instant.Zero, isInitiator: true, table.Allocate(tunnel, random), 1);
            table.Replace(keypair);
            return keypair;
        }).ToArray();
        for (var i = 0; i < keypairs.Length; i += 2)
            table.Remove(keypairs[i].LocalIndex, keypairs[i]);
        Assert.Equal(keypairs.Length / 2, table.Count);
        for (var i = 0; i < keypairs.Length; i++)
        {
            Assert.Equal(i % 2 == 1, table.TryGetKeypair(keypairs[i].LocalIndex, out var found));
            Assert.True(i % 2 == 0 || found == keypairs[i]);
        }
    }

    private sealed class ScriptedRandom(params uint[] numbers) : RandomSource
    {
        private int _at;

        public override void Fill(Span<byte> destination) => BitConverter.GetBytes(numbers[_at++]).CopyTo(destination);
    }
}
