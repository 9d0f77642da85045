using System;
using System.Threading;

namespace Warren.Protocol.Handshakes;

/// <summary>Says whether a device has more handshakes to do than it can: it then asks senders for cookies before it computes
/// anything for them. The sign is a backlog, as in wireguard-go, or a rate; it holds for
/// <see cref="Constants.UnderLoadAfterTime"/>.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class LoadDetector
{
    /// <summary>Handshake messages waiting at once that mean overload, by default: as in the kernel (MAX_QUEUED_INCOMING_HANDSHAKES
    /// of drivers/net/wireguard/messages.h, an eighth of it), and here some 30 ms of work.</summary>
    public const int DefaultBacklog = 512;

    /// <summary>Handshake messages a second that mean overload, by default: about what one core answers.</summary>
    public const int DefaultRate = 20_000;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly int _backlog;
    private readonly int _perWindow;
    private Instant _windowEnd = Instant.Zero;
    private Instant _loadedUntil = Instant.Zero;
    private int _arrived;

    /// <summary>A detector with the default thresholds.</summary>
    public LoadDetector()
        : this(DefaultBacklog, DefaultRate)
    {
    }

    /// <summary>A detector with other thresholds, each at least 1: messages waiting at once, and messages per second.</summary>
    public LoadDetector(int backlog, int perSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perSecond, 1);
        _backlog = backlog;
        _perWindow = Math.Max(1, (int)(perSecond * Window.TotalSeconds));
    }

    /// <summary>Notes one handshake message; true when the device is under load.</summary>
    public bool HandshakeArrived(Instant now) => HandshakeArrived(now, 0);

    /// <summary>Notes one handshake message with <paramref name="waiting"/> more behind it; true when under load.</summary>
    public bool HandshakeArrived(Instant now, int waiting)
    {
        lock (_lock)
        {
            if (now >= _windowEnd)
            {
                _arrived = 0;
                _windowEnd = now + Window;
            }

            if (++_arrived > _perWindow || waiting >= _backlog)
                _loadedUntil = now + Constants.UnderLoadAfterTime;
            return now < _loadedUntil;
        }
    }
}
