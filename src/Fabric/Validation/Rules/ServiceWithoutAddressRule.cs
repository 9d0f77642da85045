using System.Linq;
using Warren.Config;

namespace Warren.Fabric.Validation.Rules;

internal sealed class ServiceWithoutAddressRule() : ValidationRule("service-without-address", Severity.Warning, "A service has addresses, or is a template or a parent.")
{
    internal override void Check(ValidationContext context)
    {
        var parents = context.Effective.Services.Select(service => service.Parent).OfType<string>().ToHashSet();
        foreach (var service in context.Effective.Services)
        {
            if (service is { Addresses.Count: 0, IsTemplate: false, IsGenerated: false } && !parents.Contains(service.Name))
                context.Report(this, service.Node, $"service {service.Name} has no address: no packet is ever for it", "write address <prefix> in it, or application-type template");
            foreach (var address in service.Addresses.Where(address => address.Name is not null))
                context.Report(this, service.Node, $"service {service.Name} has the name {address.Name} as an address: names are not looked up, and nothing is for it", "write its addresses",
                    service.PositionOf(Config.Model.Service.AddressLeaf, address.Name!));
        }
    }
}
