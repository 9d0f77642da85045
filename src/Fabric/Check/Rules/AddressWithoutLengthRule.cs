using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>An address without its network's length.</summary>
internal sealed class AddressWithoutLengthRule() : CheckRule("address-without-length", "an address has no mask")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (host, tunnel) in survey.Tunnels())
        {
            foreach (var address in tunnel.Addresses)
            {
                if (address.HasLength || address.Place.Text.Length == 0)
                    continue;
                var length = AddressLength.Of(host, address.Address, null);
                var line = $"{(tunnel.Form == TunnelForm.NetworkManager ? "address1=" : "Address = ")}{address.Address}/{length}";
                remarks.Warning(this, address.Place.Position,
                    $"the address {address.Address} has no length and is taken as /{address.Length}: {(length == address.Length ? "say so, if that is meant" : "the others of its network are reached only as far as AllowedIPs make routes")}",
                    line, address.Place.ReplaceWith($"{address.Address}/{length}"));
            }
        }
    }
}
