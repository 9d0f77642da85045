using System;
using System.IO;
using Warren.Engine.Uapi;

namespace Warren.Engine.Tests.Uapi;

public class AnswerQueueTests
{
    [Fact]
    public void What_was_written_leaves_in_order_whatever_the_pieces()
    {
        var random = new Random(5);
        var queue = new AnswerQueue();
        var (expected, left) = (new MemoryStream(), new MemoryStream());
        for (var i = 0; i < 400; i++)
        {
            var written = new byte[random.Next(i % 10 == 0 ? 100_000 : 200)];
            random.NextBytes(written);
            queue.Write(written);
            expected.Write(written);
            for (var sends = random.Next(6); sends > 0 && !queue.IsEmpty; sends--)
                Send(queue, left, random.Next(1, queue.Next.Length + 1));
        }

        while (!queue.IsEmpty)
            Send(queue, left, queue.Next.Length);
        Assert.Equal(expected.ToArray(), left.ToArray());
        Assert.True(queue.Next.IsEmpty);
    }

    [Fact]
    public void Nothing_is_left_after_it_was_cleared()
    {
        var queue = new AnswerQueue();
        queue.Write(new byte[100_000]);
        queue.Clear();
        Assert.True(queue.IsEmpty);
        queue.Write("errno=0"u8);
        Assert.True(queue.Next.SequenceEqual("errno=0"u8));
    }

    private static void Send(AnswerQueue queue, Stream left, int count)
    {
        left.Write(queue.Next[..count]);
        queue.Sent(count);
    }
}
