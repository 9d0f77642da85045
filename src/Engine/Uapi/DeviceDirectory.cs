using System.Collections.Generic;
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

    /// <summary>Whether a userspace process answers for that name.</summary>
    public bool IsUserspace(string name) => _userspace.Has(name);

    private IDeviceBackend BackendOf(string name) =>
        _userspace.Has(name) ? _userspace : _kernel ?? throw new DeviceException(Errno.EPROTONOSUPPORT);
}
