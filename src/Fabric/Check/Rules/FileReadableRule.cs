using System;
using System.IO;
using System.Linq;
using Warren.Config.Documents;
using Warren.Config.Language;
using Warren.Protocol.Keys;

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
            if (PlaceOfSecret(survey.Documents[i]) is { IsKnown: true } place)
            {
                remarks.Warning(this, place, $"the file has a secret key in it and may be opened by everybody on the machine (mode {Convert.ToString(permissions, 8).PadLeft(4, '0')})",
                    $"chmod 600 {survey.Files[i].Source.Name}");
            }
        }
    }

    private static SourcePosition PlaceOfSecret(Document document)
    {
        if (document.Tunnels.FirstOrDefault(HasSecret) is { } tunnel)
            return tunnel.Position;

        // What `wg genkey` or `wg genpsk` wrote: a key alone. Those of `wg pubkey` are told by the file's name, or by their shape.
        var name = Path.GetFileName(document.Source.Name);
        var isSecret = PublicKey.TryParse(document.Source.Text.AsSpan().Trim(), out var key) && !name.Contains("pub", StringComparison.OrdinalIgnoreCase)
            && (WrittenKey.HasPrivateShape(key) || name.Contains("priv", StringComparison.OrdinalIgnoreCase) || name.Contains("psk", StringComparison.OrdinalIgnoreCase)
                || name.Contains("preshared", StringComparison.OrdinalIgnoreCase));
        return isSecret ? new SourcePosition(document.Source, 1, 1) : default;
    }

    private static bool HasSecret(Tunnel tunnel) => tunnel.PrivateKey is { IsKey: true } || tunnel.Peers.Any(peer => peer.PresharedKey is { IsKey: true });
}
