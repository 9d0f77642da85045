using Warren.Config;
using Warren.Config.Model;

namespace Warren.Fabric.Validation.Rules;

internal sealed class TemplateWithAddressRule() : ValidationRule("template-with-address", Severity.Error, "A template is only inherited from: it has no address.")
{
    internal override void Check(ValidationContext context)
    {
        foreach (var service in context.Effective.Services)
        {
            if (service.IsTemplate && service.Addresses.Count > 0)
                context.Report(this, service.Node, $"service {service.Name} is a template and has an address, which is not served", "take out the address, or application-type template",
                    service.PositionOf(Service.AddressLeaf, service.Addresses[0].ToString()));
        }
    }
}
