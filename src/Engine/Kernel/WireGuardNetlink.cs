namespace Warren.Engine.Kernel;

/// <summary>Numbers of the kernel's generic netlink family "wireguard", version 1 (linux/wireguard.h).</summary>
internal static class WireGuardNetlink
{
    internal const string Family = "wireguard";
    internal const byte GetDevice = 0;
    internal const byte SetDevice = 1;

    internal static class Device
    {
        internal const ushort InterfaceName = 2;
        internal const ushort PrivateKey = 3;
        internal const ushort PublicKey = 4;
        internal const ushort Flags = 5;
        internal const ushort ListenPort = 6;
        internal const ushort FwMark = 7;
        internal const ushort Peers = 8;
        internal const uint ReplacePeers = 1;
    }

    internal static class Peer
    {
        internal const ushort PublicKey = 1;
        internal const ushort PresharedKey = 2;
        internal const ushort Flags = 3;
        internal const ushort Endpoint = 4;
        internal const ushort PersistentKeepalive = 5;
        internal const ushort LastHandshakeTime = 6;
        internal const ushort ReceivedBytes = 7;
        internal const ushort SentBytes = 8;
        internal const ushort AllowedIps = 9;
        internal const ushort ProtocolVersion = 10;
        internal const uint RemoveMe = 1;
        internal const uint ReplaceAllowedIps = 2;
        internal const uint UpdateOnly = 4;
    }

    internal static class AllowedIp
    {
        internal const ushort Family = 1;
        internal const ushort Address = 2;
        internal const ushort Length = 3;
        internal const ushort Flags = 4;
        internal const uint RemoveMe = 1;
    }

    /// <summary>AF_INET and AF_INET6.</summary>
    internal const ushort V4 = 2, V6 = 10;
}
