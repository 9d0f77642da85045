using System.Collections.Generic;
using Warren.Config.Language;

namespace Warren.Config.Model;

/// <summary>What must hold of the authority: proven before each commit, over all addresses, ports and both families.</summary>
/// <param name="node">The block.</param>
public sealed class Expectations(ConfigNode node) : Element(node)
{
    /// <summary>The element: <c>expect tenant T reach service S</c>, <c>expect isolated A B</c>.</summary>
    public static BlockSchema Schema { get; } =
        new("expect", "What must hold: proven before each commit. A failing one refuses it.", [], [ExpectedTenant.Schema, ExpectedIsolation.Schema]) { IsOurs = true };

    /// <summary>What tenants reach, and do not.</summary>
    public IReadOnlyList<ExpectedTenant> Tenants => Entries(ExpectedTenant.Schema, child => new ExpectedTenant(child));

    /// <summary>Which tenants are apart.</summary>
    public IReadOnlyList<ExpectedIsolation> Isolated => Entries(ExpectedIsolation.Schema, child => new ExpectedIsolation(child));
}
