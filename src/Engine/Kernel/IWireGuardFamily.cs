using System;
using System.Collections.Generic;

namespace Warren.Engine.Kernel;

/// <summary>The open netlink family "wireguard": the kernel's, or in tests a function. System errors are LinuxException.</summary>
internal interface IWireGuardFamily : IDisposable
{
    /// <summary>Asks for a device; the attributes of each message of the answer.</summary>
    IReadOnlyList<byte[]> Get(ReadOnlySpan<byte> attributes);

    /// <summary>Changes a device; returns when the kernel has acknowledged.</summary>
    void Set(ReadOnlySpan<byte> attributes);
}
