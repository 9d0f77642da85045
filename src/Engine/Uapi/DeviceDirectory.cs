using System.Collections.Generic;
using Warren.Engine.Drops;
using Warren.Linux;

namespace Warren.Engine.Uapi;

/// <summary>All WireGuard devices of this network namespace: userspace ones by their sockets, and the kernel's.</summary>
/// <remarks>A userspace socket goes before a kernel interface of the same name; <see cref="Names"/> lists the kernel's first: both as wg.</remarks>
public sealed class DeviceDirectory : IDeviceBackend
{
    private readonly UapiClient _userspace;
    private readonly IDeviceBackend? _kernel;

    /// <summary>Joins both.</summary>
    /// <param name="userspace">Devices behind sockets.</param>
    /// <param name="kernel">The kernel's; null on a system that cannot have any.</param>
    public DeviceDirectory(UapiClient userspace, IDeviceBackend? kernel) => (_userspace, _kernel) = (userspace, kernel);

    /// <inheritdoc/>
    public DeviceState Get(string name) => BackendOf(name).Get(name);

    /// <inheritdoc/>
    public void Set(string name, DeviceChange change) => BackendOf(name).Set(name, change);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names() => _kernel is null ? _userspace.Names() : [.. _kernel.Names(), .. _userspace.Names()];

    /// <summary>What the device dropped in silence; EOPNOTSUPP where it is not our engine.</summary>
    /// <exception cref="DeviceException">There is no such device, or it does not tell.</exception>
    public DropReport GetDrops(string name)
    {
        if (_userspace.Has(name))
            return _userspace.GetDrops(name);
        // A device of the kernel does not tell; one that is not there has its own error.
        BackendOf(name).Get(name);
        throw new DeviceException(Errno.EOPNOTSUPP);
    }

    /// <summary>Whether a userspace process answers for that name.</summary>
    public bool IsUserspace(string name) => _userspace.Has(name);

    private IDeviceBackend BackendOf(string name) =>
        _userspace.Has(name) ? _userspace : _kernel ?? throw new DeviceException(Errno.EPROTONOSUPPORT);
}
