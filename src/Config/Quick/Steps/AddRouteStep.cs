using Warren.Protocol.Routing;

namespace Warren.Config.Quick.Steps;

/// <summary>Routes a prefix into the interface.</summary>
/// <param name="Name">The interface.</param>
/// <param name="Prefix">The destination.</param>
/// <param name="Table">The table as written or found; null for the main one.</param>
public sealed record AddRouteStep(string Name, IpPrefix Prefix, string? Table = null) : QuickStep
{
    /// <inheritdoc/>
    public override string Command =>
        $"ip {Family(Prefix.IsIPv6)} route add {Prefix} dev {Name}{(Table is null ? "" : $" table {Table}")}";
}
