using System;
using System.IO;
using System.Linq;
using Warren.Config.Quick;
using Warren.Engine.Uapi;

namespace Warren.Cli.Quick;

/// <summary>What a verb works with: who called, which tunnel, and the host.</summary>
internal sealed class QuickContext : IDisposable
{
    /// <summary>Who we are called as.</summary>
    public required QuickProgram Program { get; init; }

    /// <summary>The file and what it says.</summary>
    public required ConfigFile File { get; init; }

    /// <summary>Streams and variables.</summary>
    public required Invocation Invocation { get; init; }

    /// <summary>The hooks' shell.</summary>
    public required Shell Shell { get; init; }

    /// <summary>Signals that ask us to stop.</summary>
    public required Interruption Interruption { get; init; }

    /// <summary>Links, addresses, routes and rules.</summary>
    public required HostNetwork Network { get; init; }

    /// <summary>WireGuard devices, whoever runs them.</summary>
    public required IDeviceBackend Devices { get; init; }

    /// <summary>What the file says.</summary>
    public QuickConfig Config => File.Config;

    /// <summary>The interface.</summary>
    public string Name => File.Config.Name;

    /// <summary>Standard error: everything that wg-quick says goes there.</summary>
    public TextWriter Error => Invocation.Error;

    /// <summary>Whether the interface is a WireGuard device.</summary>
    public bool IsDevice => Devices.Names().Contains(Name);

    /// <summary>A failure in wg-quick's form.</summary>
    public QuickFailure Fail(string message, string? hint = null) => QuickFailure.Of(Program.Name, message, hint);

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        Interruption.Dispose();
    }
}
