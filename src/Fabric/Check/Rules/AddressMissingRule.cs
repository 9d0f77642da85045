using System.Linq;
using Warren.Config.Documents;

namespace Warren.Fabric.Check.Rules;

/// <summary>An interface without an address of its own.</summary>
internal sealed class AddressMissingRule() : CheckRule("address-missing", "an interface has no address of its own")
{
    internal override void Check(Survey survey, Remarks remarks)
    {
        foreach (var (host, tunnel) in survey.Tunnels())
        {
            if (tunnel.Addresses.Count > 0 || tunnel.HasAddressesElsewhere || tunnel.IsFragment || !IsExpected(host, tunnel))
                continue;
            var own = host.Addresses.Count > 0 ? host.Addresses[0] : default(WrittenPrefix?);
            var allowed = host.In.SelectMany(link => link.Peer.AllowedIps).FirstOrDefault(prefix => prefix.IsHost);
            var evidence = own is { } before ? $"; an earlier version has {before.Place} ({Remarks.At(before.Place.Position)})"
                : allowed.Place.Text is not null ? $"; its peer allows {allowed.Address} ({Remarks.At(allowed.Place.Position)})" : "";
            var address = own?.Address ?? (allowed.Place.Text is null ? null : allowed.Address);
            var line = address is { } known
                ? $"{(tunnel.Form == TunnelForm.NetworkManager ? "address1=" : "Address = ")}{known}/{AddressLength.Of(host, known, own is { HasLength: true } written ? written.Length : null)}"
                : "Address = ADDRESS/LENGTH, one of the tunnel's network";
            remarks.Error(this, tunnel.Position, $"the interface of {host.ShortName} has no Address: it comes up, but sends from another address, which the other ends drop{evidence}",
                line, address is null || tunnel.Form == TunnelForm.NetworkManager ? null : tunnel.Insert(line), own?.Place.Position ?? allowed.Place.Position);
        }
    }

    // Files for `wg setconf` never have one. Where the others of its network have, or it had one before, it is missing.
    private static bool IsExpected(Host host, Tunnel tunnel) =>
        tunnel.HasQuickSettings || host.Addresses.Count > 0 || host.Out.Any(link => link.To.Addresses.Count > 0) || host.In.Any(link => link.From.Addresses.Count > 0);
}
