using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Warren.Protocol.Crypto;
using Warren.Protocol.Sessions;
using Warren.Testing;

namespace Warren.Protocol.Tests;

public sealed class TunnelStressTests
{
    private const int Renewals = 300;

    // Workers seal beside the lock, as an engine's do, while sessions are renewed, ended and zeroed under them.
    [Fact]
    public async Task No_counter_is_used_twice_and_no_key_is_used_dead()
    {
        var used = new ConcurrentDictionary<(UInt128 Key, ulong Counter), int>();
        var faults = 0;
        var primitives = new Primitives
        {
            Seal = (key, counter, _, _) =>
            {
                var before = BinaryPrimitives.ReadUInt128LittleEndian(key);
                var fresh = used.TryAdd((before, counter), 0);
                Thread.Yield();
                if (before == 0 || before != BinaryPrimitives.ReadUInt128LittleEndian(key) || !fresh)
                    Interlocked.Increment(ref faults);
            },
            Open = static (_, _, _, _) => true,
        };
        using var pair = new Pair(primitives: primitives);
        var gate = new Lock();
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var datagram = new byte[64];
            while (!stop.IsCancellationRequested)
                SealBatch(pair, gate, worker + 1, datagram);
        })).ToArray();

        for (var i = 0; i < Renewals; i++)
        {
            lock (gate)
            {
                pair.Advance(TimeSpan.FromSeconds(i % 7 == 0 ? 600 : 6));
                if (i % 3 == 0)
                    pair.A.Tunnel.SetIdentity(pair.Now, pair.A.Identity);
                if (i % 5 == 0)
                    pair.A.Tunnel.Stop(pair.Now);
                pair.A.Tunnel.Start(pair.Now);
                pair.Send(pair.A);
            }

            await Task.Yield();
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers);
        Assert.Equal(0, faults);
        Assert.True(used.Count > Renewals);
        Assert.True(used.Keys.Select(static use => use.Key).Distinct().Count() > Renewals / 5);
    }

    private static void SealBatch(Pair pair, Lock gate, int count, byte[] datagram)
    {
        Keypair? keypair;
        ulong counter;
        lock (gate)
        {
            if (!pair.A.Tunnel.TryReserve(pair.Now, count, out keypair, out counter))
                return;
        }

        for (var i = 0; i < count; i++)
            keypair.Seal(counter + (ulong)i, default, 0, datagram);
        lock (gate)
            pair.A.Tunnel.Sent(pair.Now, keypair, count);
        keypair.Release();
    }
}
