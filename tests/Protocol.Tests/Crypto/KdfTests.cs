using System;
using System.Linq;
using Warren.Protocol.Crypto;

namespace Warren.Protocol.Tests.Crypto;

public sealed class KdfTests
{
    private readonly byte[] _key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
    private readonly byte[] _input = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();

    /// <summary>The paper, 5.4, spelled out with HMAC.</summary>
    [Fact]
    public void Derives_as_the_paper_says()
    {
        byte[] t0 = new byte[32], t1 = new byte[32], t2 = new byte[32], t3 = new byte[32];
        Blake2s.Hmac(_key, _input, t0);
        Blake2s.Hmac(t0, [1], t1);
        Blake2s.Hmac(t0, [.. t1, 2], t2);
        Blake2s.Hmac(t0, [.. t2, 3], t3);

        byte[] first = new byte[32], second = new byte[32], third = new byte[32];
        Kdf.Derive1(_key, _input, first);
        Assert.Equal(t1, first);
        Kdf.Derive2(_key, _input, first, second);
        Assert.Equal([.. t1, .. t2], first.Concat(second));
        Kdf.Derive3(_key, _input, first, second, third);
        Assert.Equal([.. t1, .. t2, .. t3], first.Concat(second).Concat(third));
    }

    [Fact]
    public void An_output_may_be_the_chaining_key_itself()
    {
        byte[] expected = new byte[32], second = new byte[32], again = new byte[32];
        Kdf.Derive2(_key, _input, expected, second);
        var chaining = (byte[])_key.Clone();
        Kdf.Derive2(chaining, _input, chaining, again);
        Assert.Equal(expected, chaining);
        Assert.Equal(second, again);
    }

    [Fact]
    public void Takes_an_empty_input()
    {
        byte[] first = new byte[32], second = new byte[32];
        Kdf.Derive2(_key, [], first, second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Refuses_other_lengths()
    {
        Assert.Throws<ArgumentException>(() => Kdf.Derive1(_key, _input, new byte[31]));
        Assert.Throws<ArgumentException>(() => Kdf.Derive2(_key, _input, new byte[32], []));
        Assert.Throws<ArgumentException>(() => Kdf.Derive3(_key, _input, new byte[32], new byte[32], []));
    }
}
