namespace Warren.Protocol.Sessions;

/// <summary>Which counters of a session were received: the bitmap ring of RFC 6479, 8,192 bits in 64-bit blocks, of which
/// one block is always in the making.</summary>
/// <remarks>Not thread safe: a keypair's window belongs to the lock of its tunnel.</remarks>
public sealed class ReplayWindow
{
    private const int BlockBits = 64;
    private const int Blocks = Constants.ReplayWindowSize / BlockBits + 1;

    private readonly ulong[] _ring = new ulong[Blocks];
    private ulong _greatest;

    /// <summary>Takes <paramref name="counter"/> once: false when it was taken before or lies more than
    /// <see cref="Constants.ReplayWindowSize"/> behind the greatest. Call it only for authenticated packets.</summary>
    public bool TryAccept(ulong counter)
    {
        var block = counter / BlockBits;
        if (counter > _greatest)
        {
            var current = _greatest / BlockBits;
            var fresh = block - current;
            if (fresh > Blocks)
                fresh = Blocks;
            for (var i = 1UL; i <= fresh; i++)
                _ring[(current + i) % Blocks] = 0;
            _greatest = counter;
        }
        else if (_greatest - counter > Constants.ReplayWindowSize)
        {
            return false;
        }

        ref var bits = ref _ring[block % Blocks];
        var bit = 1UL << (int)(counter % BlockBits);
        if ((bits & bit) != 0)
            return false;
        bits |= bit;
        return true;
    }
}
