using System;
using System.Globalization;
using Warren.Lab.Traffic;

namespace Warren.Lab;

// Traffic that a node makes: echo requests, TCP streams, and captures of what passes its interfaces.
public sealed partial class Node
{
    private const int StreamPort = 5201;

    /// <summary>Sends echo requests, 50 ms apart, and waits at least three seconds for the last answer.</summary>
    /// <remarks>
    /// ping by itself waits for two round trips only, which a busy machine exceeds. With a deadline it waits, but goes on sending meanwhile:
    /// answers to more than <paramref name="count"/> requests are not counted.
    /// </remarks>
    /// <param name="address">IPv4 or IPv6 address, or a name in the node's /etc/hosts.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Further options of ping: "-s 1372", "-M do", "-I eth0".</param>
    public PingResult Ping(string address, int count = 3, params string[] options)
    {
        var deadline = 4 + count / 20;
        string[] command = ["ping", "-n", "-c", $"{count}", "-w", $"{deadline}", "-i", "0.05", .. options, address];
        return PingResult.Parse(count, Run(TimeSpan.FromSeconds(deadline) + DefaultBound, command).Output);
    }

    /// <summary>Asks with single echo requests until one is answered; false when none was within <paramref name="bound"/>.</summary>
    public bool CanReach(string address, TimeSpan bound, params string[] options) =>
        Poll.Until(() => Run(["ping", "-n", "-c", "1", "-W", "0.5", .. options, address]).Succeeded, bound);

    /// <summary>Like <see cref="CanReach"/>, but throws <see cref="LabException"/> when nothing answered.</summary>
    public void WaitReach(string address, TimeSpan bound)
    {
        if (!CanReach(address, bound)) throw new LabException($"{Name} reaches {address} not within {bound.TotalSeconds:0.#} s");
    }

    /// <summary>Sends one TCP stream to <paramref name="server"/> with iperf3 and returns what arrived there.</summary>
    /// <param name="server">The node that receives; its iperf3 serves this one stream.</param>
    /// <param name="address">The address of <paramref name="server"/> to send to.</param>
    /// <param name="duration">How long.</param>
    /// <param name="options">Further options of the iperf3 client: "-R", "-P 4".</param>
    public StreamResult Stream(Node server, string address, TimeSpan duration, params string[] options)
    {
        ArgumentNullException.ThrowIfNull(server);
        using var listener = server.Start("iperf3", "--server", "--one-off", "--forceflush", "--port", $"{StreamPort}");
        listener.WaitForText("Server listening", DefaultBound);
        string[] command = ["iperf3", "--client", address, "--port", $"{StreamPort}", "--json",
            "--time", duration.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. options];
        return StreamResult.Parse(Run(duration + DefaultBound, command).Output);
    }

    /// <summary>Records what passes an interface from now on.</summary>
    /// <param name="device">The interface: "eth0", "wg0", "any".</param>
    /// <param name="filter">What to record, in tcpdump's words: "udp port 51820"; empty for everything.</param>
    public PacketCapture Capture(string device, string filter = "") =>
        new(Start("tcpdump", "-i", device, "-n", "-Z", "root", "-U", "--immediate-mode", "-s", "0", "-w", "-", filter));
}
