using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Linux.Processes;
using Warren.Linux.Tun;
using Warren.Protocol.Crypto;

namespace Warren.Engine;

/// <summary>
/// A running engine: a device, the socket by which it is configured, and the thread that follows its link. It ends when it is stopped, when
/// its link or its socket file is deleted, or when its TUN dies; what it made is gone then.
/// </summary>
/// <remarks>Runs in the network namespace of the thread that starts it. Thread safe.</remarks>
public sealed class EngineHost : IDisposable
{
    private readonly TunDevice _tun;
    private readonly Device _device;
    private readonly UapiServer _uapi;
    private readonly LinkFollower _follower;
    private readonly ManualResetEventSlim _ended = new();
    private bool _isDisposed;

    private EngineHost(EngineOptions options, TextWriter log)
    {
        var name = options.InterfaceName;
        var logger = new Log(options.LogLevel, name, log);
        _tun = OpenTun(options);
        try
        {
            foreach (var setting in _tun.Unset)
                logger.Error("could not set {0}", setting);
            _follower = new LinkFollower(_tun, logger, _ended.Set);
            _device = new Device(_tun, _follower.Mtu, logger, OnFailure, options.UdpOffloads, SelfTestRun.Begin(Primitives.Managed));
            if (options.BindAddress is { } address)
                _device.Configure(new DeviceChange { BindAddress = address });
            _uapi = options.UapiDescriptor is { } descriptor
                ? UapiServer.Serve(_device, descriptor)
                : UapiServer.Listen(_device, options.UapiDirectory, name);
            _follower.Start(_device, _uapi.File);
        }
        catch (LinuxException failure)
        {
            _follower?.Dispose();
            _uapi?.Dispose();
            _device?.Dispose();
            _tun.Dispose();
            throw new EngineException(
                failure.Errno == Errno.EADDRINUSE
                    ? $"{options.UapiDirectory}/{name}.sock belongs to a running engine: stop that one, or choose another name"
                    : $"cannot run {name}: {failure.Message}",
                failure);
        }

        void OnFailure(LinuxException failure)
        {
            logger.Debug("{0}", failure.Message);
            _ended.Set();
        }
    }

    /// <summary>How often its threads that carry packets came back from waiting.</summary>
    internal long WakeUps => _device.WakeUps;

    /// <summary>The device, for tests.</summary>
    internal Device Device => _device;

    /// <summary>Makes interface and socket and returns; the engine then runs on threads of its own.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="log">Where it logs, a line per event.</param>
    /// <exception cref="EngineException">It cannot; nothing is left behind.</exception>
    public static EngineHost Start(EngineOptions options, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        return new EngineHost(options, log);
    }

    /// <summary>Runs an engine until it ends or SIGTERM, SIGINT or SIGHUP comes: what <c>warren engine IFNAME</c> is. Returns its exit code.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="errors">For the log, and for the one line that says why it could not start.</param>
    /// <param name="parent">Told once interface and socket exist, or why not; null: nobody waits.</param>
    public static int Run(EngineOptions options, TextWriter errors, ReadinessPipe? parent = null)
    {
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            ProcessSettings.DisableCoreDumps();
            using var host = Start(options, errors);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOn);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOn);
            using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, StopOn);
            parent?.Ready();
            host.WaitForEnd();
            return 0;

            void StopOn(PosixSignalContext signal)
            {
                signal.Cancel = true;
                host.Stop();
            }
        }
        catch (Exception failure) when (failure is EngineException or LinuxException)
        {
            parent?.Failed(failure.Message);
            errors.Write(failure.Message + "\n");
            errors.Flush();
            return 1;
        }
    }

    /// <summary>Asks it to end.</summary>
    public void Stop() => _ended.Set();

    /// <summary>Waits until it ends.</summary>
    public void WaitForEnd() => _ended.Wait();

    /// <summary>Ends it: socket file and interface are gone, keys are zero.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _follower.Dispose();
        _uapi.Dispose();
        _device.Dispose();
        _tun.Dispose();
        _ended.Set();
    }

    private static TunDevice OpenTun(EngineOptions options)
    {
        var name = options.InterfaceName;
        try
        {
            if (options.TunDescriptor is { } descriptor)
                return TunDevice.FromDescriptor(descriptor, options.TunOffloads);
            return TunDevice.Open(CheckName(name), new TunOptions { Queues = WorkersOf(options), Offloads = options.TunOffloads });
        }
        catch (LinuxException failure)
        {
            throw new EngineException(
                failure.Errno switch
                {
                    Errno.EBUSY or Errno.EEXIST =>
                        $"interface {name} exists already: remove it (`ip link delete {name}`), or choose another name",
                    Errno.EPERM or Errno.EACCES => $"cannot make interface {name}: {failure.Reason}; run as root, or with CAP_NET_ADMIN",
                    Errno.ENOENT or Errno.ENODEV or Errno.ENXIO =>
                        "/dev/net/tun is missing: load the module (`modprobe tun`), or give the container the device (--device /dev/net/tun)",
                    _ => $"cannot make interface {name}: {failure.Message}",
                },
                failure);
        }
    }

    // The rules of dev_valid_name in net/core/dev.c.
    private static string CheckName(string name)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(name) > 15)
            throw new EngineException($"interface name `{name}' is longer than 15 characters: choose a shorter one");
        if (name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', ':', '%') >= 0 || HasSpace(name))
            throw new EngineException($"`{name}' is not an interface name: no '/', ':', '%' or space, and neither '.' nor '..'");
        return name;
    }

    // isspace(3) in the C locale.
    private static bool HasSpace(string name)
    {
        foreach (var c in name)
        {
            if (c is ' ' or (>= '\t' and <= '\r'))
                return true;
        }

        return false;
    }

    private static int WorkersOf(EngineOptions options)
    {
        if (options.Workers is < 0 or > 64)
            throw new EngineException($"{options.Workers} workers: give a number from 1 to 64, or 0 to leave it to the engine");
        return options.Workers > 0 ? options.Workers : Math.Clamp(Environment.ProcessorCount / 2, 1, 8);
    }
}
