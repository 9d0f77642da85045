using System.Runtime.CompilerServices;

namespace Warren.Protocol;

/// <summary>The timers of a tunnel.</summary>
internal enum TunnelTimer
{
    /// <summary>§6.4: the open initiation is sent again.</summary>
    Retransmit,

    /// <summary>§6.4: the handshake is given up.</summary>
    GiveUp,

    /// <summary>§6.5: a keepalive answers data received.</summary>
    Keepalive,

    /// <summary>§6.5: data sent was not answered.</summary>
    NewHandshake,

    /// <summary>§6.3: all session keys go. A handshake then open is younger than RekeyTimeout and goes on.</summary>
    ZeroKeys,

    /// <summary>The configured interval without any packet has passed.</summary>
    PersistentKeepalive,
}

/// <summary>When each timer is due; <see cref="Instant.Never"/> when it is not armed. Start it with <see cref="Clear"/>.</summary>
internal struct Deadlines
{
    private const int Count = (int)TunnelTimer.PersistentKeepalive + 1;

    private Table _table;

    public Instant this[TunnelTimer timer]
    {
        readonly get => _table[(int)timer];
        set => _table[(int)timer] = value;
    }

    public readonly bool IsArmed(TunnelTimer timer) => _table[(int)timer] != Instant.Never;

    public void Disarm(TunnelTimer timer) => _table[(int)timer] = Instant.Never;

    /// <summary>Disarms a timer that is due and says that it was.</summary>
    public bool TryExpire(TunnelTimer timer, Instant now)
    {
        if (_table[(int)timer] > now)
            return false;
        Disarm(timer);
        return true;
    }

    public void Clear() => ((System.Span<Instant>)_table).Fill(Instant.Never);

    [InlineArray(Count)]
    private struct Table
    {
        private Instant _first;
    }
}
