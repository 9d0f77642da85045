using System.IO;
using Warren.Engine.Uapi;

namespace Warren.Cli.Wg;

/// <summary><c>showconf</c>: the device as a file that <c>setconf</c> takes, secrets included.</summary>
internal static class ShowConfVerb
{
    internal static int Run(Invocation invocation)
    {
        if (invocation.Arguments is not [var name])
            return Usage.Write(invocation, "<interface>");
        try
        {
            Write(invocation.Machine.Devices().Get(name), invocation.Output);
            return 0;
        }
        catch (DeviceException refusal)
        {
            invocation.Error.Write($"Unable to access interface: {refusal.Message}\n");
            return 1;
        }
    }

    /// <summary>What <c>wg showconf</c> prints of a device; wg-quick's <c>save</c> ends with the same text.</summary>
    internal static void Write(DeviceState device, TextWriter output)
    {
        output.Write("[Interface]\n");
        if (device.ListenPort != 0)
            output.Write($"ListenPort = {device.ListenPort}\n");
        if (device.FwMark != 0)
            output.Write($"FwMark = 0x{device.FwMark:x}\n");
        if (device.PrivateKey is { } privateKey)
            output.Write($"PrivateKey = {privateKey.ToSecretBase64()}\n");
        output.Write('\n');
        for (var i = 0; i < device.Peers.Count; i++)
        {
            if (i > 0)
                output.Write('\n');
            Write(device.Peers[i], output);
        }
    }

    private static void Write(PeerState peer, TextWriter output)
    {
        output.Write($"[Peer]\nPublicKey = {peer.PublicKey}\n");
        if (peer.PresharedKey is { } presharedKey)
            output.Write($"PresharedKey = {presharedKey.ToSecretBase64()}\n");
        if (peer.AllowedIps.Count > 0)
            output.Write($"AllowedIPs = {string.Join(", ", peer.AllowedIps)}\n");
        if (peer.Endpoint is { } endpoint)
            output.Write($"Endpoint = {EndpointText.Format(endpoint)}\n");
        if (peer.PersistentKeepalive != 0)
            output.Write($"PersistentKeepalive = {peer.PersistentKeepalive}\n");
    }
}
