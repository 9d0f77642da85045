using System.Globalization;
using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>A host that others dial, on a port by chance.</summary>
internal sealed class ListenPortMissingRule() : CheckRule("listen-port-missing", "a host that others dial has no ListenPort")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var host in survey.Hosts)
        {
            if (host.Ports.Count > 0 || host.First.IsFragment || host.In.FirstOrDefault(link => link.Peer.Endpoint?.Port is not null) is not { } link)
                continue;
            var port = link.Peer.Endpoint!.Port!.Value;
            var line = string.Create(CultureInfo.InvariantCulture, $"{(host.First.Form == TunnelForm.NetworkManager ? "listen-port=" : "ListenPort = ")}{port}");
            remarks.Error(this, host.First.Position,
                $"{host.ShortName} has no ListenPort and so takes another port at each start, but {link.From.ShortName} dials it at {port} ({Remarks.At(link.Peer.Endpoint.Place.Position)})",
                line, host.First.Insert(line), link.Peer.Endpoint.Place.Position);
        }
    }
}
