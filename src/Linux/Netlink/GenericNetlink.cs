using System;
using System.Collections.Generic;
using Warren.Linux.Libc;

namespace Warren.Linux.Netlink;

/// <summary>
/// A generic netlink family of the kernel: requests and dumps whose attributes the caller writes with <see cref="AttributeWriter"/> and
/// reads with <see cref="AttributeReader"/>.
/// </summary>
/// <remarks>Speaks to the network namespace of the thread that opened it; one thread at a time.</remarks>
public sealed class GenericNetlink : IDisposable
{
    private const int HeadersSize = NetlinkMessage.HeaderSize + 4;

    private readonly NetlinkConversation _kernel;
    private readonly string _family;
    private readonly ushort _id;

    private GenericNetlink(NetlinkConversation kernel, string family, ushort id, uint version)
    {
        _kernel = kernel;
        _family = family;
        _id = id;
        Version = version;
    }

    /// <summary>The family's version, as the kernel has it.</summary>
    public uint Version { get; }

    /// <summary>Opens a family by its name; null: this kernel has none, nor a module for it.</summary>
    public static GenericNetlink? TryOpen(string family) => TryOpen(family, new NetlinkSocket(LinuxNetlink.NETLINK_GENERIC));

    /// <summary>Sends a command and waits for its acknowledgement.</summary>
    /// <param name="command">The family's number for it.</param>
    /// <param name="version">Version of the family that the request speaks.</param>
    /// <param name="attributes">What <see cref="AttributeWriter.Written"/> gives.</param>
    /// <returns>The attributes of each message of the answer; none for a command that only changes something.</returns>
    /// <exception cref="LinuxException">What the kernel refused it with.</exception>
    public IReadOnlyList<byte[]> Request(byte command, byte version, ReadOnlySpan<byte> attributes)
    {
        NetlinkRequest request = Compose(command, version, attributes);
        return Bodies(_kernel.Execute(ref request, $"{_family} command {command}"));
    }

    /// <summary>Asks for everything of a kind; asks again when a change interrupted the answer.</summary>
    /// <inheritdoc cref="Request"/>
    public IReadOnlyList<byte[]> Dump(byte command, byte version, ReadOnlySpan<byte> attributes)
    {
        NetlinkRequest request = Compose(command, version, attributes);
        return Bodies(_kernel.Dump(ref request, $"{_family} dump {command}"));
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _kernel.Dispose();

    internal static GenericNetlink? TryOpen(string family, INetlinkTransport transport)
    {
        var kernel = new NetlinkConversation(transport);
        try
        {
            var control = new GenericNetlink(kernel, "nlctrl", LinuxGenetlink.GENL_ID_CTRL, 1);
            var question = new AttributeWriter(stackalloc byte[64]);
            question.AddText(LinuxGenetlink.CTRL_ATTR_FAMILY_NAME, family);
            ushort id = 0;
            uint version = 0;
            foreach (byte[] body in control.Request(LinuxGenetlink.CTRL_CMD_GETFAMILY, 1, question.Written))
            {
                var attributes = new AttributeReader(body);
                while (attributes.Next())
                {
                    if (attributes.Type == LinuxGenetlink.CTRL_ATTR_FAMILY_ID) id = attributes.UInt16();
                    if (attributes.Type == LinuxGenetlink.CTRL_ATTR_VERSION) version = attributes.UInt32();
                }
            }

            if (id == 0) throw new LinuxException(Errno.EPROTO, $"find the {family} family");
            return new GenericNetlink(kernel, family, id, version);
        }
        catch (LinuxException error) when (error.Errno == Errno.ENOENT)
        {
            kernel.Dispose();
            return null;
        }
        catch
        {
            kernel.Dispose();
            throw;
        }
    }

    private NetlinkRequest Compose(byte command, byte version, ReadOnlySpan<byte> attributes)
    {
        byte[] buffer = new byte[HeadersSize + attributes.Length];
        var request = NetlinkRequest.Create(buffer, _id, 0, new genlmsghdr { cmd = command, version = version });
        request.Attributes.AddRaw(attributes);
        return request;
    }

    private static List<byte[]> Bodies(List<NetlinkReply> replies)
    {
        var bodies = new List<byte[]>(replies.Count);
        foreach (NetlinkReply reply in replies)
        {
            if (reply.Payload.Length >= 4) bodies.Add(reply.Payload[4..]); // behind genlmsghdr
        }

        return bodies;
    }
}
