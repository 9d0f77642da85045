using System.Globalization;
using System.Linq;

namespace Warren.Fabric.Check.Rules;

/// <summary>A sentence that names another port than the configuration beside it.</summary>
internal sealed class ProsePortRule() : CheckRule("port-in-text", "the text names another port than the configurations in it")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var document in survey.Documents)
        {
            if (document.Facts.Ports.Count == 0)
                continue;
            var listening = document.Tunnels.Where(tunnel => tunnel.ListenPort is not null).ToList();
            var ports = listening.Select(tunnel => tunnel.ListenPort!.Value).Concat(document.Tunnels.SelectMany(tunnel => tunnel.Peers).Select(peer => peer.Endpoint?.Port).OfType<ushort>()).Distinct().ToList();
            if (ports.Count != 1 || listening.Count == 0)
                continue;
            foreach (var said in document.Facts.Ports)
            {
                if (int.TryParse(said.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port != ports[0])
                {
                    remarks.Warning(this, said.Position, string.Create(CultureInfo.InvariantCulture, $"the text says port {port}, but every configuration in it has {ports[0]} ({Remarks.At(listening[0].ListenPortPosition)}): who opens {port} in a firewall opens the wrong one"),
                        ports[0].ToString(CultureInfo.InvariantCulture), said.ReplaceWith(ports[0].ToString(CultureInfo.InvariantCulture)), listening[0].ListenPortPosition);
                }
            }
        }
    }
}
