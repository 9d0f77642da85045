namespace Warren.Linux.Netlink;

/// <summary>One message of an answer, kept.</summary>
/// <param name="Type">Its message type.</param>
/// <param name="Payload">Everything behind the netlink header.</param>
internal readonly record struct NetlinkReply(ushort Type, byte[] Payload);
