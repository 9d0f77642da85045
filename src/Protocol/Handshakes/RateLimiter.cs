using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using Warren.Protocol.Routing;

namespace Warren.Protocol.Handshakes;

/// <summary>Handshake messages one source address may send while the device is under load: 20 a second, 5 at once; an IPv6
/// source is its /64. The memory is bounded: when it is full of active sources, new ones are refused.</summary>
/// <remarks>Thread safe. A source idle for a quarter second is as good as new, and forgotten.</remarks>
public sealed class RateLimiter
{
    private const int Burst = 5;
    private const int MaxSources = 1 << 16;
    private const int IPv6SiteBits = 64;
    private static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Full = Cost * Burst;

    private readonly Dictionary<IpAddress, Bucket> _buckets = [];
    private readonly Lock _lock = new();
    private Instant _nextCollection = Instant.Zero;

    /// <summary>How many sources are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _buckets.Count;
        }
    }

    /// <summary>Takes a token of the source; false when it has none left.</summary>
    public bool Allow(Instant now, IpAddress source)
    {
        if (source.IsIPv6)
            source = new IpPrefix(source, IPv6SiteBits).Address;
        lock (_lock)
        {
            if (now >= _nextCollection)
                CollectLocked(now);
            ref var bucket = ref CollectionsMarshal.GetValueRefOrNullRef(_buckets, source);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref bucket))
            {
                if (_buckets.Count >= MaxSources)
                    return false;
                _buckets.Add(source, new Bucket(now, Full - Cost));
                return true;
            }

            var tokens = bucket.TokensAt(now);
            var allowed = tokens >= Cost;
            bucket = new Bucket(now, allowed ? tokens - Cost : tokens);
            return allowed;
        }
    }

    /// <summary>Forgets the sources that are idle. Happens by itself, at most once a second, while messages arrive.</summary>
    public void Collect(Instant now)
    {
        lock (_lock)
            CollectLocked(now);
    }

    private void CollectLocked(Instant now)
    {
        foreach (var (source, bucket) in _buckets)
        {
            if (bucket.TokensAt(now) == Full)
                _buckets.Remove(source);
        }

        _nextCollection = now + TimeSpan.FromSeconds(1);
    }

    private readonly record struct Bucket(Instant Updated, TimeSpan Tokens)
    {
        public TimeSpan TokensAt(Instant now)
        {
            var tokens = Tokens + (now > Updated ? now - Updated : TimeSpan.Zero);
            return tokens < Full ? tokens : Full;
        }
    }
}
