using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using Warren.Lab;
using Warren.Linux;

namespace Warren.Bench.Throughput.Load;

/// <summary>What runs inside a node: <c>warren bench load …</c>, which the bench calls and nobody else. One JSON line on standard output.</summary>
public static class LoadCommand
{
    private const int Usage = 2;

    /// <summary>Runs <c>udp-send ADDRESS PORT PAYLOAD RATE SECONDS</c>, <c>udp-receive 4|6 PORT PAYLOAD</c> (until SIGTERM) or
    /// <c>handshakes ADDRESS PORT KEY PEERS OUTSTANDING SECONDS</c>; 0 when it went well, 1 when it failed, 2 when it was called wrongly.</summary>
    public static int Run(string[] args)
    {
        try
        {
            var line = args switch
            {
                ["udp-send", var address, var port, var payload, var rate, var seconds] => JsonSerializer.Serialize(
                    UdpSender.Send(new IPEndPoint(IPAddress.Parse(address), Port(port)), Integer(payload), Number(rate), Seconds(seconds)),
                    LoadJson.Default.UdpSent),
                ["udp-receive", var family, var port, var payload] => JsonSerializer.Serialize(
                    Receive(family == "6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, Port(port), Integer(payload)),
                    LoadJson.Default.UdpReceived),
                ["handshakes", var address, var port, var key, var peers, var outstanding, var seconds] => JsonSerializer.Serialize(
                    HandshakeGenerator.Run(new HandshakeTarget(address, Port(port), key), Integer(peers), Integer(outstanding), Seconds(seconds)),
                    LoadJson.Default.HandshakeRate),
                _ => null,
            };
            if (line is null)
            {
                Console.Error.WriteLine("bench load: for the bench's own use");
                return Usage;
            }

            Console.WriteLine(line);
            return 0;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            Console.Error.WriteLine($"bench load: {e.Message}");
            return Usage;
        }
        catch (Exception e) when (e is LinuxException or LabException)
        {
            Console.Error.WriteLine($"bench load: {e.Message}");
            return 1;
        }
    }

    private static UdpReceived Receive(AddressFamily family, ushort port, int payloadBytes)
    {
        using var sent = new CancellationTokenSource();
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            sent.Cancel();
        });
        using var receiver = new UdpReceiver(family, port);
        Console.Error.WriteLine(LoadProgram.Ready);
        return receiver.Receive(payloadBytes, sent.Token);
    }

    private static ushort Port(string text) => ushort.Parse(text, CultureInfo.InvariantCulture);

    private static int Integer(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(Number(text));
}
