using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config;
using Warren.Config.Language;
using Warren.Fabric.Generation;
using Warren.Fabric.Validation.Rules;

namespace Warren.Fabric.Validation;

/// <summary>Runs every rule and reports all findings at once.</summary>
public static class Validator
{
    /// <summary>All rules, in the order of docs/validation.md.</summary>
    public static IReadOnlyList<ValidationRule> Rules { get; } =
    [
        new RequiredLeafRule(),
        new UnknownReferenceRule(),
        new UnheededElementRule(),
        new TenantTieRule(),
        new TenantParentRule(),
        new TenantWithoutMembersRule(),
        new TenantReachesNothingRule(),
        new ServiceWithoutAddressRule(),
        new TemplateWithAddressRule(),
        new ServiceUnusedRule(),
        new RedundantPolicyRule(),
        new TransportOverlapRule(),
        new PortRangeRule(),
        new ChildWithoutParentRule(),
        new InterfaceNameRule(),
        new DuplicateAddressRule(),
        new GatewayOutsideRule(),
        new DhcpWithAddressRule(),
        new SourceNatWithoutAddressRule(),
        new MtuTooSmallRule(),
        new ServiceRouteTargetRule(),
        new ServiceRouteAppliesRule(),
        new NatTargetFamilyRule(),
        new NatTargetPeerRule(),
        new PrivateNetworkRule(),
        new ProfileUnusedRule(),
        new ProfileNameRule(),
        new ProfilePortRule(),
        new LoopbackOverlapRule(),
        new PrivateNetworkOverlapRule(),
        new PrivateNetworkRepeatedRule(),
        new DuplicatePublicKeyRule(),
        new AllowedIpSharedRule(),
        new AllowedIpNestedRule(),
        new AllowedIpSwallowsRule(),
        new PeerOutsideRule(),
        new KeepaliveRule(),
    ];

    /// <summary>Validates a configuration.</summary>
    /// <param name="authored">What operators wrote.</param>
    /// <param name="effective">The same with everything generated; null to generate it.</param>
    public static IReadOnlyList<Finding> Validate(ConfigNode authored, ConfigNode? effective = null)
    {
        ArgumentNullException.ThrowIfNull(authored);
        var context = new ValidationContext(authored, effective ?? Generator.Generate(authored));
        foreach (var rule in Rules)
            rule.Check(context);
        return context.Finish();
    }

    /// <summary>The routers that may not be compiled: those with an error of their own. A fault in one never stops another; an error that concerns all stops all.</summary>
    public static IReadOnlySet<string> Stopped(IEnumerable<Finding> findings, IEnumerable<string> routers)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToList();
        return errors.Exists(error => error.Router is null) ? routers.ToHashSet() : errors.Select(error => error.Router!).ToHashSet();
    }
}
