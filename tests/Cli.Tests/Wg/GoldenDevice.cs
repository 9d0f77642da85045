using System.Text;

namespace Warren.Cli.Tests.Wg;

/// <summary>The device of Golden/wg-show.txt, as its socket answers.</summary>
internal static class GoldenDevice
{
    internal const long Now = 1795226392;

    internal const string Answer =
        "private_key=e84b5a6d2717c1003a13b431570353dbaca9146cf150c5f8575680feba52027a\n"
        + "listen_port=12912\nfwmark=51820\n"
        + "public_key=b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33\n"
        + "preshared_key=188515093e952f5f22e865cef3012e72f8b5f0b598ac0309d5dacce3b70fcf52\n"
        + "protocol_version=1\nendpoint=[abcd:23::33%2]:51820\nallowed_ip=192.168.4.4/32\n"
        + "public_key=58402e695ba1772b1cc9309755f043251ea77fdcf10fbe63989ceb7e19321376\n"
        + "tx_bytes=38333\nrx_bytes=2224\nlast_handshake_time_sec=1795222666\nlast_handshake_time_nsec=5\n"
        + "persistent_keepalive_interval=111\nendpoint=182.122.22.19:3233\nallowed_ip=192.168.4.6/32\nallowed_ip=fd00::/64\n"
        + "public_key=662e14fd594556f522604703340351258903b64f35553763f19426ab2a515c58\n"
        + "endpoint=5.152.198.39:51820\nlast_handshake_time_sec=1795226390\ntx_bytes=1212111\nrx_bytes=1929999999\n"
        + "future_key=ignored\nerrno=0\n\n";

    /// <summary>The same with the zero preshared keys that a real device sends.</summary>
    internal static string Verbose { get; } = new StringBuilder(Answer)
        .Replace("tx_bytes=38333\n", $"preshared_key={new string('0', 64)}\nprotocol_version=1\ntx_bytes=38333\n").ToString();
}
