using System.Collections.Generic;
using Warren.Config.Documents;
using Warren.Protocol.Routing;

namespace Warren.Fabric.Check.Rules;

/// <summary>Two hosts of one network with one address.</summary>
internal sealed class AddressTakenRule() : CheckRule("address-taken", "two hosts of one network have one address")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var network in survey.Networks)
        {
            var owners = new Dictionary<IpAddress, (Host Host, WrittenPrefix Address)>();
            foreach (var host in network.Hosts)
            {
                foreach (var address in host.Addresses)
                {
                    if (owners.TryAdd(address.Address, (host, address)))
                        continue;
                    var (owner, there) = owners[address.Address];
                    if (owner == host)
                        continue;

                    // Each router of an authority may have the same profile, with the same address of its own.
                    if (host.IsRouter && owner.IsRouter)
                        continue;
                    remarks.Error(this, address.Place.Position, $"{host.ShortName} has the address {address.Address}, which is also that of {owner.ShortName} ({Remarks.At(there.Place.Position)}): only one of them is reached",
                        "Address = an address that no other host of this network has", null, there.Place.Position);
                }
            }
        }
    }
}
