using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Netlink;

namespace Warren.Engine.Kernel;

/// <summary>Devices of the kernel's WireGuard in this network namespace, over generic netlink.</summary>
/// <remarks>A change that does not fit one message is several: the kernel applies each by itself.</remarks>
public sealed class KernelClient : IDeviceBackend
{
    /// <summary>IFNAMSIZ less the NUL.</summary>
    private const int MaxNameLength = 15;

    /// <summary>What one message may hold: a nested list of 64 KiB is the most that its 16-bit length can say.</summary>
    private const int MessageSize = 16 * 1024;

    private readonly Func<IWireGuardFamily?> _open;

    /// <summary>The kernel we run on.</summary>
    public KernelClient()
        : this(static () => WireGuardFamily.TryOpen())
    {
    }

    /// <summary>Any kernel; null from <paramref name="open"/> is one without WireGuard.</summary>
    internal KernelClient(Func<IWireGuardFamily?> open) => _open = open;

    /// <inheritdoc/>
    public DeviceState Get(string name)
    {
        CheckName(name);
        try
        {
            using var family = Open();
            var request = new AttributeWriter(stackalloc byte[64]);
            request.AddText(WireGuardNetlink.Device.InterfaceName, name);
            var reader = new StateReader(name);
            foreach (var message in family.Get(request.Written))
            {
                reader.Add(message);
                CryptographicOperations.ZeroMemory(message);
            }

            return reader.Finish();
        }
        catch (LinuxException failure)
        {
            throw new DeviceException(failure.Errno, failure);
        }
    }

    /// <inheritdoc/>
    public void Set(string name, DeviceChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        CheckName(name);
        if (change.BindAddress is not null)
            throw new DeviceException(Errno.EOPNOTSUPP);
        try
        {
            using var family = Open();
            var writer = new ChangeWriter(name, change);
            var message = new byte[MessageSize];
            while (!writer.IsDone)
                family.Set(message.AsSpan(0, writer.Write(message)));
            CryptographicOperations.ZeroMemory(message);
        }
        catch (LinuxException failure)
        {
            throw new DeviceException(failure.Errno, failure);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names()
    {
        try
        {
            var names = new List<string>();
            using var route = new RouteNetlink();
            foreach (var link in route.Links())
            {
                if (link.Kind == WireGuardNetlink.Family)
                    names.Add(link.Name);
            }

            return names;
        }
        catch (LinuxException failure)
        {
            throw new DeviceException(failure.Errno, failure);
        }
    }

    private IWireGuardFamily Open() => _open() ?? throw new DeviceException(Errno.EPROTONOSUPPORT);

    private static void CheckName(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > MaxNameLength)
            throw new DeviceException(Errno.ENAMETOOLONG);
    }
}
