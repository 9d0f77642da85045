using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Warren.Lab;

namespace Warren.Bench.Throughput.Load;

/// <summary>How many datagrams a second get from one node to another.</summary>
//
//  sender: warren bench load udp-send ──► (a tunnel, or a cable) ──► receiver: warren bench load udp-receive
//
public static class UdpLoad
{
    private const ushort Port = 5301;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <summary>Finds the highest rate at which no more than the accepted share is lost.</summary>
    /// <param name="sender">The node that sends; the way to <paramref name="address"/> must be up.</param>
    /// <param name="receiver">The node that has <paramref name="address"/>.</param>
    /// <param name="address">IPv4 or IPv6 address of <paramref name="receiver"/>.</param>
    /// <param name="payloadBytes">UDP payload of each datagram: 8 to 2,048 bytes, and no more than the way carries unfragmented.</param>
    /// <param name="options">How to search.</param>
    /// <returns>The best trial, with the reordered datagrams of all.</returns>
    /// <exception cref="LabException">A program failed, nothing arrived, or every rate tried lost more than is accepted.</exception>
    public static UdpRate FindHighestRate(Node sender, Node receiver, string address, int payloadBytes, UdpLoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var search = new RateSearch(options);
        UdpRate? last = null;
        while (!search.IsDone) search.Record(last = Try(sender, receiver, address, payloadBytes, search.Next, options.Trial));
        return search.Best ?? throw new LabException($"no rate tried was received at a loss of {options.AcceptedLoss:P0}; the last: {last}");
    }

    /// <summary>Offers one rate for a while.</summary>
    /// <param name="sender">The node that sends.</param>
    /// <param name="receiver">The node that has <paramref name="address"/>.</param>
    /// <param name="address">IPv4 or IPv6 address of <paramref name="receiver"/>.</param>
    /// <param name="payloadBytes">UDP payload of each datagram, 8 to 2,048 bytes.</param>
    /// <param name="perSecond">Datagrams a second; infinity: as many as the sender can.</param>
    /// <param name="duration">How long.</param>
    /// <exception cref="LabException">A program failed, or nothing arrived.</exception>
    public static UdpRate Try(Node sender, Node receiver, string address, int payloadBytes, double perSecond, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(receiver);
        var family = IPAddress.Parse(address).AddressFamily == AddressFamily.InterNetworkV6 ? "6" : "4";
        using var receiving = LoadProgram.Start(receiver, "udp-receive", family, $"{Port}", Text(payloadBytes));
        receiving.WaitForText(LoadProgram.Ready, Grace);
        using var sending = LoadProgram.Start(sender, "udp-send", address, $"{Port}", Text(payloadBytes), Text(perSecond), Text(duration.TotalSeconds));
        var sent = LoadProgram.Read(sending.WaitForExit(duration + Grace), LoadJson.Default.UdpSent);
        var received = LoadProgram.Read(receiving.Stop(Grace), LoadJson.Default.UdpReceived);
        if (received.Datagrams < 2) throw new LabException($"of {sent.Datagrams} datagrams to {address} arrived {received.Datagrams}");
        return new UdpRate(
            sent.Datagrams / sent.Seconds,
            (received.Datagrams - 1) / Math.Max(received.Seconds, 1e-3),
            Math.Max(0, 1 - ((double)received.Datagrams / sent.Datagrams)),
            received.Reordered);
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
