using System;
using Warren.Linux.Memory;

namespace Warren.Linux.Tests.Memory;

public sealed class NativeBufferTests
{
    [Fact]
    public void Is_zeroed_aligned_to_a_page_and_of_the_asked_length()
    {
        using var buffer = new NativeBuffer(5000);
        Assert.Equal(0, buffer.Address % Environment.SystemPageSize);
        Assert.Equal(5000, buffer.Span.Length);
        Assert.Equal(-1, buffer.Span.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Refuses_use_after_its_end_and_may_be_ended_twice()
    {
        var buffer = new NativeBuffer(1);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => buffer.Address);
    }
}
