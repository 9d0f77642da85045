using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Warren.Lab.Tests.Scenarios;

/// <summary>Two peers that send as fast as they can to one, and a third party's echo requests among it.</summary>
[Trait("Category", "Root")]
public sealed class FairnessTests
{
    private const int Port = 5001;

    // Of what both carried together; a half each would be perfect. What the test holds against is one of them being starved.
    private const double LeastShare = 0.1;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task No_peer_starves_beside_another_that_sends_as_fast_as_it_can()
    {
        using var lab = ThreeServers.Topology(s => ThreeServers.Mended(s, s)).Start();
        lab.Use(Kit.Warren);
        foreach (var server in ThreeServers.Servers) lab[server].Up();
        lab["s2"].WaitReach("192.168.100.10", Pair.Soon);
        lab["s3"].WaitReach("192.168.100.10", Pair.Soon);
        using var end = new CancellationTokenSource();

        // One stream of s3 against four of s2.
        var busy = Enumerable.Range(0, 4).Select(i => Carry(lab["s2"], lab["s1"], Port + i, end.Token)).ToArray();
        var calm = Carry(lab["s3"], lab["s1"], Port + 4, end.Token);
        end.CancelAfter(Length);
        var pings = lab["s3"].Ping("192.168.100.10", 20);
        var taken = (await Task.WhenAll(busy).WaitAsync(Bound)).Sum();
        var left = await calm.WaitAsync(Bound);
        Assert.True(left >= LeastShare * (taken + left), $"one stream carried {left:N0} bytes beside four with {taken:N0}");
        Assert.True(pings.Received >= 19, $"{pings.Received} of 20 echo requests were answered");
    }

    private static async Task<long> Carry(Node from, Node to, int port, CancellationToken end)
    {
        var address = new IPEndPoint(IPAddress.Parse("192.168.100.10"), port);
        using var listener = to.OpenTcp(AddressFamily.InterNetwork);
        listener.Bind(address);
        listener.Listen();
        using var sender = from.OpenTcp(AddressFamily.InterNetwork);
        await sender.ConnectAsync(address, CancellationToken.None).AsTask().WaitAsync(Bound, CancellationToken.None);
        using var receiver = await listener.AcceptAsync(CancellationToken.None).AsTask().WaitAsync(Bound, CancellationToken.None);
        var sending = Send(sender, end);
        var buffer = new byte[256 << 10];
        long received = 0;
        try
        {
            while (await receiver.ReceiveAsync(buffer, end) is var count and > 0)
                received += count;
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        receiver.Close();
        await sending.WaitAsync(Bound, CancellationToken.None);
        return received;
    }

    private static async Task Send(Socket socket, CancellationToken end)
    {
        var chunk = new byte[256 << 10];
        try
        {
            while (!end.IsCancellationRequested)
                await socket.SendAsync(chunk, end);
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            Debug.Assert(end.IsCancellationRequested, "the stream ended early");
        }
    }
}
