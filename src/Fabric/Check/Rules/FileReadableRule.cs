using System;
using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>Files with secrets that everybody on the machine can read.</summary>
internal sealed class FileReadableRule() : CheckRule("file-readable", "a file with a private or preshared key can be read by everybody")
{
    private const int Others = 7;

    internal override void Check(Survey survey, Remarks remarks)
    {
        for (var i = 0; i < survey.Files.Count; i++)
        {
            if (survey.Files[i].Permissions is not { } permissions || (permissions & Others) == 0 || survey.Documents[i].IsProse)
                continue;
            if (survey.Documents[i].Tunnels.FirstOrDefault(HasSecret) is { } tunnel)
            {
                remarks.Warning(this, tunnel.Position, $"the file has a secret key in it and may be opened by everybody on the machine (mode {Convert.ToString(permissions, 8).PadLeft(4, '0')})",
                    $"chmod 600 {survey.Files[i].Source.Name}");
            }
        }
    }

    private static bool HasSecret(Tunnel tunnel) => tunnel.PrivateKey is { IsKey: true } || tunnel.Peers.Any(peer => peer.PresharedKey is { IsKey: true });
}
