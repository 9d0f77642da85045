using System;
using System.Collections.Generic;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>Asks the kernel and waits for the whole answer: sequence numbers, acknowledgements, dumps that were interrupted.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class NetlinkConversation(INetlinkTransport transport) : IDisposable
{
    private const int DumpAttempts = 32;

    private uint _sequence;

    /// <summary>Sends a request and waits for its acknowledgement; what came before it is the answer.</summary>
    /// <exception cref="LinuxException">What the kernel refused it with, and its text.</exception>
    public List<NetlinkReply> Execute(ref NetlinkRequest request, string operation)
    {
        transport.Send(request.Finish(++_sequence, LinuxNetlink.NLM_F_ACK, operation));
        return Collect(operation, isDump: false, out _);
    }

    /// <summary>Asks for everything of a kind. A dump that a change interrupted is inconsistent, and asked for again.</summary>
    public List<NetlinkReply> Dump(ref NetlinkRequest request, string operation)
    {
        for (int attempt = 0; attempt < DumpAttempts; attempt++)
        {
            transport.Send(request.Finish(++_sequence, LinuxNetlink.NLM_F_DUMP, operation));
            List<NetlinkReply> replies = Collect(operation, isDump: true, out bool interrupted);
            if (!interrupted) return replies;
        }

        throw new LinuxException(Errno.EINTR, operation, "it changes faster than it can be read");
    }

    public void Dispose() => transport.Dispose();

    private List<NetlinkReply> Collect(string operation, bool isDump, out bool interrupted)
    {
        var replies = new List<NetlinkReply>();
        interrupted = false;
        while (true)
        {
            ReadOnlySpan<byte> datagram = transport.Receive();
            while (NetlinkMessage.TryTake(ref datagram, out NetlinkMessage message))
            {
                // Left over from an answer that was given up on.
                if (message.Header.nlmsg_seq != _sequence) continue;
                interrupted |= (message.Header.nlmsg_flags & LinuxNetlink.NLM_F_DUMP_INTR) != 0;
                switch (message.Header.nlmsg_type)
                {
                    case LinuxNetlink.NLMSG_ERROR or LinuxNetlink.NLMSG_DONE:
                        Errno error = message.Error(out string? detail);
                        if (error == Errno.EINTR && isDump) interrupted = true; // a dump callback that noticed by itself
                        else if (error != Errno.None) throw new LinuxException(error, operation, detail);
                        return replies;
                    case LinuxNetlink.NLMSG_NOOP:
                        break;
                    case LinuxNetlink.NLMSG_OVERRUN:
                        throw new LinuxException(Errno.ENOBUFS, operation);
                    default:
                        replies.Add(new NetlinkReply(message.Header.nlmsg_type, message.Payload.ToArray()));
                        break;
                }
            }

            if (!datagram.IsEmpty) throw new LinuxException(Errno.EPROTO, operation);
        }
    }
}
