using System.Collections.Generic;
using Warren.Fabric.Check.Rules;

namespace Warren.Fabric.Check;

/// <summary>Every rule, in the order in which their findings about one place are told. A new rule is one line here and a file in Rules.</summary>
public static class RuleTable
{
    /// <summary>Every rule.</summary>
    public static IReadOnlyList<CheckRule> Rules { get; } =
    [
        new KeyInWrongFieldRule(),
        new PublicKeyWrongRule(),
        new NotAPeerThereRule(),
        new PrivateKeySharedRule(),
        new PrivateKeyMissingRule(),
        new PresharedKeyRule(),
        new PeerTwiceRule(),
        new EndpointAddressRule(),
        new EndpointPortMissingRule(),
        new EndpointPortRule(),
        new ListenPortMissingRule(),
        new NobodyDialsRule(),
        new KeepaliveMissingRule(),
        new AddressMissingRule(),
        new AddressWithoutLengthRule(),
        new AddressTakenRule(),
        new AllowedIpsMissingRule(),
        new AllowedIpsOverlapRule(),
        new AllowedIpsHostBitsRule(),
        new AllowedIpsMissPeerRule(),
        new AllowedIpsOneWayRule(),
        new AllowedIpsEndpointRule(),
        new AllowedIpsOwnNetworkRule(),
        new ForwardingRule(),
        new RoutesMissingRule(),
        new Ipv6OutsideRule(),
        new MtuRule(),
        new TenantWithoutServiceRule(),
        new HookOpensRule(),
        new FileReadableRule(),
        new PrivateKeyPublishedRule(),
        new CommandRule(),
        new ProsePortRule(),
        new KeyUncheckedRule(),
    ];
}
