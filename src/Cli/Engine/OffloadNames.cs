using System;
using System.Collections.Generic;
using Warren.Engine;
using Warren.Linux.Tun;
using Warren.Linux.Udp;

namespace Warren.Cli.Engine;

/// <summary>What the kernel's offloads are called on the command line.</summary>
internal static class OffloadNames
{
    /// <summary>Every name, for messages.</summary>
    public const string All = "tun, tso, uso, udp-segment, udp-gro and all";

    /// <summary>Takes a list of names, parted by commas, out of what an engine asks the kernel for.</summary>
    /// <param name="names">Such as <c>tso,udp-gro</c>.</param>
    /// <param name="options">What is changed.</param>
    /// <param name="unknown">The first that is no name; then nothing is changed.</param>
    public static bool TryTakeOut(string names, ref EngineOptions options, out string unknown)
    {
        var (tun, udp) = (options.TunOffloads, options.UdpOffloads);
        foreach (var part in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (part)
            {
                case "tun":
                    tun = TunOffloads.None;
                    break;
                case "tso":
                    tun &= ~(TunOffloads.Tcp | TunOffloads.Udp); // The kernel gives none for UDP alone.
                    break;
                case "uso":
                    tun &= ~TunOffloads.Udp;
                    break;
                case "udp-segment":
                    udp &= ~UdpOffloads.Segmentation;
                    break;
                case "udp-gro":
                    udp &= ~UdpOffloads.Receive;
                    break;
                case "all":
                    (tun, udp) = (TunOffloads.None, UdpOffloads.None);
                    break;
                default:
                    unknown = part;
                    return false;
            }
        }

        options = options with { TunOffloads = tun, UdpOffloads = udp };
        unknown = "";
        return true;
    }

    /// <summary>The list that takes out of the default what these options do not ask for; empty for the default.</summary>
    public static string Without(EngineOptions options)
    {
        var names = new List<string>();
        if ((options.TunOffloads & TunOffloads.VnetHeader) == 0)
            names.Add("tun");
        else if ((options.TunOffloads & TunOffloads.Tcp) == 0)
            names.Add("tso");
        else if ((options.TunOffloads & TunOffloads.Udp) == 0)
            names.Add("uso");
        if ((options.UdpOffloads & UdpOffloads.Segmentation) == 0)
            names.Add("udp-segment");
        if ((options.UdpOffloads & UdpOffloads.Receive) == 0)
            names.Add("udp-gro");
        return string.Join(',', names);
    }
}
