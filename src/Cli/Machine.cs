using System;
using System.Threading;
using Warren.Engine.Kernel;
using Warren.Engine.Uapi;
using Warren.Linux.Files;
using Warren.Linux.Names;
using Warren.Linux.Processes;

namespace Warren.Cli;

/// <summary>What a verb may ask of the machine beside its streams. Tests give answers of their own.</summary>
/// <remarks>What needs Engine is made when it is asked for: a verb that does not ask does not load it.</remarks>
internal sealed class Machine
{
    /// <summary>The one we run on.</summary>
    internal static Machine Here { get; } = new();

    /// <summary>The WireGuard devices of this network namespace.</summary>
    internal Func<DeviceDirectory> Devices
    {
        get => field ??= static () => new DeviceDirectory(new UapiClient(), new KernelClient());
        init;
    }

    /// <summary>Seconds of Unix time.</summary>
    internal Func<long> UnixTime { get; init; } = static () => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>The system's resolver.</summary>
    internal Func<string?, string, AddressAnswer> Lookup { get; init; } = AddressLookup.Find;

    /// <summary>Waits.</summary>
    internal Action<TimeSpan> Pause { get; init; } = Thread.Sleep;

    /// <summary>Whether standard output is a terminal.</summary>
    internal Func<bool> OutputIsTerminal { get; init; } = static () => StandardStream.Output.IsTerminal;

    /// <summary>What standard output is.</summary>
    internal Func<FileStatus> OutputStatus { get; init; } = static () => FileStatus.OfDescriptor(1);
}
