using System.Collections.Generic;

namespace Warren.Lab.Tests;

/// <summary>The text of a wg-quick configuration, made of lines.</summary>
internal sealed class TunnelConfig
{
    private readonly List<string> lines = [];

    /// <summary>Begins with [Interface], the private key and the addresses.</summary>
    public TunnelConfig(TunnelKey key, params string[] addresses)
    {
        lines.AddRange(["[Interface]", $"PrivateKey = {key.Private}"]);
        foreach (var address in addresses) lines.Add($"Address = {address}");
    }

    /// <summary>Adds lines to the section that is being written.</summary>
    public TunnelConfig With(params string[] more)
    {
        lines.AddRange(more);
        return this;
    }

    /// <summary>Begins a [Peer].</summary>
    public TunnelConfig Peer(string publicKey, string allowedIps) => With("", "[Peer]", $"PublicKey = {publicKey}", $"AllowedIPs = {allowedIps}");

    public override string ToString() => string.Join('\n', lines) + "\n";
}
