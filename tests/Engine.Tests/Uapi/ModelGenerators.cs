using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Warren.Engine.Uapi;
using Warren.Protocol.Keys;
using Warren.Protocol.Routing;

namespace Warren.Engine.Tests.Uapi;

/// <summary>Random states and changes, every field independently present.</summary>
internal static class ModelGenerators
{
    internal static Arbitrary<DeviceState> States { get; } = (
        from seed in ArbMap.Default.GeneratorFor<int>()
        from peers in Gen.Choose(0, 6)
        select State(new Random(seed), peers)).ToArbitrary();

    internal static Arbitrary<DeviceChange> Changes { get; } = (
        from seed in ArbMap.Default.GeneratorFor<int>()
        from peers in Gen.Choose(0, 6)
        select Change(new Random(seed), peers)).ToArbitrary();

    internal static DeviceState State(Random random, int peers)
    {
        var key = Flip(random) ? PrivateKey.FromBytes(Bytes(random)) : null;
        return new DeviceState
        {
            Name = "wg0",
            PrivateKey = key,
            PublicKey = key?.PublicKey,
            ListenPort = Flip(random) ? (ushort)random.Next(65536) : (ushort)0,
            FwMark = Flip(random) ? (uint)random.NextInt64(1L << 32) : 0,
            Peers = Many(peers, () => new PeerState
            {
                PublicKey = PublicKey.FromBytes(Bytes(random)),
                PresharedKey = Flip(random) ? PresharedKey.FromBytes(Bytes(random)) : null,
                Endpoint = Flip(random) ? RandomEndpoint(random) : null,
                LastHandshakeSeconds = Flip(random) ? random.NextInt64() : 0,
                LastHandshakeNanoseconds = random.Next(1_000_000_000),
                ReceivedBytes = (ulong)random.NextInt64(),
                SentBytes = (ulong)random.NextInt64(),
                PersistentKeepalive = (ushort)random.Next(65536),
                AllowedIps = Many(random.Next(4), () => RandomPrefix(random)),
            }),
        };
    }

    internal static DeviceChange Change(Random random, int peers) => new()
    {
        PrivateKey = Flip(random) ? PrivateKey.FromBytes(Bytes(random)) : null,
        ListenPort = Flip(random) ? (ushort)random.Next(65536) : null,
        FwMark = Flip(random) ? (uint)random.NextInt64(1L << 32) : null,
        BindAddress = Flip(random) ? RandomAddress(random) : null,
        ReplacePeers = Flip(random),
        Peers = Many(peers, () => Flip(random) || Flip(random)
            ? new PeerChange
            {
                PublicKey = PublicKey.FromBytes(Bytes(random)),
                UpdateOnly = Flip(random),
                PresharedKey = Flip(random) ? PresharedKey.FromBytes(Bytes(random)) : null,
                Endpoint = Flip(random) ? RandomEndpoint(random) : null,
                PersistentKeepalive = Flip(random) ? (ushort)random.Next(65536) : null,
                ReplaceAllowedIps = Flip(random),
                AllowedIps = Many(random.Next(4), () =>
                {
                    var (address, length) = RandomPrefix(random);
                    return new AllowedIpChange(address, length, Flip(random));
                }),
            }
            : new PeerChange { PublicKey = PublicKey.FromBytes(Bytes(random)), UpdateOnly = Flip(random), Remove = true }),
    };

    private static bool Flip(Random random) => random.Next(2) == 0;

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    private static IReadOnlyList<T> Many<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];

    private static IpAddress RandomAddress(Random random) => Flip(random)
        ? IpAddress.V4((uint)random.NextInt64(1L << 32))
        : IpAddress.V6(new UInt128((ulong)random.NextInt64(), Flip(random) ? 1 : (ulong)random.NextInt64()));

    private static AllowedIp RandomPrefix(Random random)
    {
        var address = RandomAddress(random);
        return new AllowedIp(address, random.Next(address.BitLength + 1));
    }

    private static Endpoint RandomEndpoint(Random random)
    {
        var address = RandomAddress(random);
        // 1000000 and up: no interface of the machine has such an index, so the zone stays a number.
        return new Endpoint(address, (ushort)random.Next(65536), address.IsIPv6 && Flip(random) ? 1_000_000u + (uint)random.Next(1000) : 0);
    }
}
