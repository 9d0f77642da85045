using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Warren.Protocol.Routing;

namespace Warren.Bench.Micro;

/// <summary>Whose an address is, per lookup, among allowed IPs of one to a million prefixes.</summary>
/// <remarks>Prefixes and addresses come from a seed, so that every run asks the same. Each address lies in some prefix; they are asked for in
/// no order, and at a million are more than the caches hold the way to.</remarks>
public class AllowedIpsBenchmarks
{
    private const int Lookups = 8192;
    private const int MostOwners = 10_000;
    private const int Seed = 20261121;

    private readonly IpAddress[] _addresses = new IpAddress[Lookups];
    private AllowedIps<object> _table = new();

    /// <summary>Prefixes in the table.</summary>
    [Params(1, 1000, 1_000_000)]
    public int Entries { get; set; }

    /// <summary>The family asked for, and in the table.</summary>
    [Params(4, 6)]
    public int Family { get; set; }

    /// <summary>Fills the table.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(Seed);
        var owners = new object[Math.Min(Entries, MostOwners)];
        for (var i = 0; i < owners.Length; i++)
            owners[i] = new object();

        _table = new AllowedIps<object>();
        var prefixes = new List<IpPrefix>(Entries);
        while (_table.Count < Entries)
        {
            var prefix = Family == 4
                ? new IpPrefix(NextAddress(random), random.Next(16, 33))
                : new IpPrefix(NextAddress(random), random.Next(2) == 0 ? random.Next(48, 65) : 128);
            _table.Insert(prefix, owners[prefixes.Count % owners.Length]);
            prefixes.Add(prefix);
        }

        for (var i = 0; i < Lookups; i++)
            _addresses[i] = Inside(prefixes[random.Next(prefixes.Count)], random);
    }

    /// <summary>Finds owners.</summary>
    [Benchmark(OperationsPerInvoke = Lookups)]
    public void Find()
    {
        foreach (ref readonly var address in _addresses.AsSpan())
        {
            if (_table.Find(address) is null)
                throw new InvalidOperationException("an address of a prefix has no owner");
        }
    }

    private IpAddress NextAddress(Random random)
    {
        Span<byte> bytes = stackalloc byte[Family == 4 ? 4 : 16];
        random.NextBytes(bytes);
        if (Family == 6)
            bytes[0] = 0xfd; // RFC 4193: all of one site's, and a long way shared.
        return IpAddress.FromBytes(bytes);
    }

    private IpAddress Inside(IpPrefix prefix, Random random)
    {
        var host = NextAddress(random).Bits;
        var mask = prefix.Length == prefix.Address.BitLength ? UInt128.Zero : UInt128.MaxValue >> (128 - prefix.Address.BitLength + prefix.Length);
        var bits = prefix.Address.Bits | (host & mask);
        return Family == 4 ? IpAddress.V4((uint)bits) : IpAddress.V6(bits);
    }
}
