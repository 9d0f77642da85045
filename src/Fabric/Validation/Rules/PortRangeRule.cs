using System.Linq;
using Warren.Config;

namespace Warren.Fabric.Validation.Rules;

internal sealed class PortRangeRule() : ValidationRule("port-range", Severity.Error, "A range of ports ends at or behind its first port.")
{
    internal override void Check(ValidationContext context)
    {
        foreach (var (owner, ranges) in context.Effective.Services.SelectMany(service => service.Transports.Select(transport => (service.Node, transport.Ports)))
            .Concat(context.Effective.SessionTypes.SelectMany(type => type.Transports.Select(transport => (type.Node, transport.Ports)))))
        {
            foreach (var range in ranges.Where(range => range.From > range.To))
                context.Report(this, owner, $"{owner}: ports {range.From} to {range.To} are none", "write the smaller port first", range.Position);
        }
    }
}
