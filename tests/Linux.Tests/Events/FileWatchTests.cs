using System;
using System.IO;
using System.Net.Sockets;
using Warren.Linux.Events;

namespace Warren.Linux.Tests.Events;

public sealed class FileWatchTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("warren-watch-").FullName;
    private readonly PollEvent[] events = new PollEvent[1];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("delete")]
    [InlineData("rename")]
    [InlineData("replace")]
    public void A_bound_sockets_file_that_goes_is_noticed_and_its_neighbours_are_not(string how)
    {
        string path = Path.Combine(folder, "wg0.sock");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        using var watch = new FileWatch(path);
        using var poller = new Poller();
        poller.Add(watch.Descriptor, 1);
        File.WriteAllText(Path.Combine(folder, "neighbour"), "x");
        File.Delete(Path.Combine(folder, "neighbour"));
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.Equal(1, poller.Wait(events, TimeSpan.FromSeconds(5)));
        Assert.False(watch.DeletedOrReplaced());
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
        switch (how)
        {
            case "delete":
                File.Delete(path);
                break;
            case "rename":
                File.Move(path, path + ".old");
                break;
            default:
                File.WriteAllText(path + ".new", "");
                File.Move(path + ".new", path, overwrite: true);
                break;
        }

        Assert.Equal(1, poller.Wait(events, TimeSpan.FromSeconds(5)));
        Assert.True(watch.DeletedOrReplaced());
    }

    [Fact]
    public void A_file_that_is_not_there_is_ENOENT() =>
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => new FileWatch(Path.Combine(folder, "absent"))).Errno);
}
