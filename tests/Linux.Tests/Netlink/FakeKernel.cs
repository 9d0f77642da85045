using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Warren.Linux.Libc;
using Warren.Linux.Netlink;

namespace Warren.Linux.Tests.Netlink;

/// <summary>The kernel as a function: takes each request's bytes, gives back the datagrams of its answer.</summary>
internal sealed class FakeKernel(Func<byte[], IEnumerable<byte[]>> answer) : INetlinkTransport
{
    private readonly Queue<byte[]> answers = new();

    /// <summary>Every request, in order, in lower-case hexadecimal.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>A kernel that acknowledges everything.</summary>
    public static FakeKernel Agreeing() => new(request => [Ack(request, 0)]);

    public void Send(ReadOnlySpan<byte> datagram)
    {
        Requests.Add(Convert.ToHexStringLower(datagram));
        foreach (byte[] reply in answer(datagram.ToArray())) answers.Enqueue(reply);
    }

    public ReadOnlySpan<byte> Receive() => answers.Dequeue();

    public void Dispose()
    {
    }

    public static uint Sequence(byte[] request) => MemoryMarshal.Read<nlmsghdr>(request).nlmsg_seq;

    public static byte[] Message(ushort type, ushort flags, uint sequence, ReadOnlySpan<byte> payload)
    {
        byte[] message = new byte[(16 + payload.Length + 3) & ~3];
        MemoryMarshal.Write(message, new nlmsghdr
        {
            nlmsg_len = (uint)(16 + payload.Length), nlmsg_type = type, nlmsg_flags = flags, nlmsg_seq = sequence,
        });
        payload.CopyTo(message.AsSpan(16));
        return message;
    }

    /// <summary>NLMSG_ERROR as a kernel with NETLINK_CAP_ACK and NETLINK_EXT_ACK sends it.</summary>
    public static byte[] Ack(byte[] request, int error, string? text = null)
    {
        byte[] payload = new byte[20 + 256];
        MemoryMarshal.Write(payload, error);
        request.AsSpan(0, 16).CopyTo(payload.AsSpan(4));
        var attributes = new AttributeWriter(payload.AsSpan(20));
        if (text is not null) attributes.AddText(LinuxNetlink.NLMSGERR_ATTR_MSG, text);
        ushort flags = (ushort)(LinuxNetlink.NLM_F_CAPPED | (text is null ? 0 : LinuxNetlink.NLM_F_ACK_TLVS));
        return Message(LinuxNetlink.NLMSG_ERROR, flags, Sequence(request), payload.AsSpan(0, 20 + attributes.Length));
    }

    public static byte[] Done(byte[] request, int error = 0, ushort flags = 0)
    {
        byte[] payload = new byte[4];
        MemoryMarshal.Write(payload, error);
        return Message(LinuxNetlink.NLMSG_DONE, (ushort)(flags | 2), Sequence(request), payload);
    }
}
