using System.Collections.Generic;

namespace Warren.Engine.Uapi;

/// <summary>WireGuard devices by name, whoever runs them. Every call is complete when it returns.</summary>
public interface IDeviceBackend
{
    /// <summary>What the device says of itself.</summary>
    /// <exception cref="DeviceException">There is no such device, or it cannot be asked.</exception>
    DeviceState Get(string name);

    /// <summary>Applies a change as one transaction, as far as the device has such.</summary>
    /// <exception cref="DeviceException">There is no such device, or it refused.</exception>
    void Set(string name, DeviceChange change);

    /// <summary>The devices there are, in the order of the system.</summary>
    /// <exception cref="DeviceException">The system cannot be asked.</exception>
    IReadOnlyList<string> Names();
}
