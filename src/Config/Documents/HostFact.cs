using Warren.Config.Language;
using Warren.Protocol.Routing;

namespace Warren.Config.Documents;

/// <summary>What a sentence says of a host: "s1 and s2 with public IPs 192.0.2.1 and 192.0.2.2 respectively".</summary>
/// <param name="Name">The host, as a heading names it.</param>
/// <param name="Prefix">Its address, or a subnet of it.</param>
/// <param name="Kind">What the address is to it.</param>
/// <param name="Position">Where the address stands.</param>
public sealed record HostFact(string Name, IpPrefix Prefix, HostFactKind Kind, SourcePosition Position);
