using System;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;
using Warren.Linux.Memory;

namespace Warren.Linux.Tun;

/// <summary>One queue of a TUN device: whole IP packets in and out, one per call, never blocking. Where the device has
/// <see cref="TunOffloads.VnetHeader"/>, a <see cref="VirtioNetHeader"/> stands before each, and a packet may be a super-packet.</summary>
/// <remarks>One reader at a time; any number of threads may write meanwhile. Owned by its <see cref="TunDevice"/>.</remarks>
public sealed unsafe class TunQueue : IDisposable
{
    private readonly OwnedDescriptor _descriptor;

    internal TunQueue(OwnedDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>For tests: what the kernel is made to answer to the next writes.</summary>
    internal FaultPlan? WriteFaults { get; set; }

    /// <summary>What to give to a poller; owned by this object.</summary>
    public int Descriptor => _descriptor.Number;

    internal OwnedDescriptor Owned => _descriptor;

    /// <summary>Takes one packet that the host routed into the device.</summary>
    /// <param name="buffer">At least the device's MTU; a longer packet would be cut.</param>
    /// <param name="length">The packet's length.</param>
    /// <returns>False: nothing is there.</returns>
    /// <exception cref="LinuxException">The device is gone (EBADFD after `ip link delete`).</exception>
    public bool TryRead(Span<byte> buffer, out int length)
    {
        // SAFETY: `buffer` stays pinned for the length of the call; the kernel writes at most its length.
        fixed (byte* pointer = buffer)
        {
            nint count;
            while ((count = Unistd.read(_descriptor, pointer, (nuint)buffer.Length)) < 0)
            {
                var error = (Errno)Marshal.GetLastPInvokeError();
                length = 0;
                if (error == Errno.EAGAIN) return false;
                if (error != Errno.EINTR) throw new LinuxException(error, "read from a TUN device");
            }

            length = (int)count;
            return true;
        }
    }

    /// <summary>Gives one IP packet to the host.</summary>
    /// <returns>
    /// None when taken; EIO while the interface is down, EINVAL when it is no IP packet, EBADFD when the device is gone, ENOBUFS and
    /// EAGAIN under pressure.
    /// </returns>
    public Errno Write(ReadOnlySpan<byte> packet)
    {
        // SAFETY: `packet` stays pinned for the length of the call; the kernel only reads it.
        fixed (byte* pointer = packet)
        {
            while (Unistd.write(_descriptor, pointer, (nuint)packet.Length) < 0)
            {
                var error = (Errno)Marshal.GetLastPInvokeError();
                if (error != Errno.EINTR) return error;
            }

            return Errno.None;
        }
    }

    /// <summary>Gives one IP packet, gathered from its pieces, to the host.</summary>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    public Errno Write(GatherList packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (WriteFaults?.Next() is { } fault and not Errno.None) return fault;

        // SAFETY: the list and, by its contract, the buffers it names live for the length of the call; the kernel only reads.
        while (SysUio.writev(_descriptor, packet.Pieces, packet.Count) < 0)
        {
            var error = (Errno)Marshal.GetLastPInvokeError();
            if (error != Errno.EINTR) return error;
        }

        GC.KeepAlive(packet);
        return Errno.None;
    }

    /// <summary>Closes the queue; with the last queue the device goes.</summary>
    public void Dispose() => _descriptor.Dispose();
}
