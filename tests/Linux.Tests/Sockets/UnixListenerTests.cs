using System;
using System.IO;
using System.Text;
using Warren.Linux.Events;
using Warren.Linux.Sockets;

namespace Warren.Linux.Tests.Sockets;

public sealed class UnixListenerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("warren-unix-").FullName;

    private string File => Path.Combine(folder, "wg0.sock");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_client_is_accepted_heard_and_answered()
    {
        using UnixListener listener = Listening();
        Assert.Null(listener.Accept());
        using UnixStream client = UnixStream.Connect(File);
        using UnixConnection served = listener.Accept()!;
        Span<byte> buffer = stackalloc byte[16];
        Assert.Equal(UnixConnection.WouldBlock, served.Receive(buffer));
        client.Write("get=1\n"u8);
        Assert.Equal("get=1\n", Encoding.ASCII.GetString(buffer[..served.Receive(buffer)]));
        Assert.Equal(2, served.Send("ok"u8));
        Assert.Equal("ok", Encoding.ASCII.GetString(buffer[..client.Read(buffer)]));
        Assert.Null(listener.Accept());
    }

    [Fact]
    public void A_client_that_left_ends_what_is_read_and_takes_no_answer()
    {
        using UnixListener listener = Listening();
        UnixStream client = UnixStream.Connect(File);
        using UnixConnection served = listener.Accept()!;
        client.Dispose();
        Assert.Equal(0, served.Receive(stackalloc byte[16]));
        Assert.Equal(UnixConnection.Gone, served.Send("nobody"u8));
    }

    [Fact]
    public void A_client_that_does_not_read_makes_sending_wait()
    {
        using UnixListener listener = Listening();
        using UnixStream client = UnixStream.Connect(File);
        using UnixConnection served = listener.Accept()!;
        var chunk = new byte[65536];
        int sent;
        for (var tries = 0; (sent = served.Send(chunk)) > 0; tries++) Assert.True(tries < 1000, "the socket takes everything");
        Assert.Equal(UnixConnection.WouldBlock, sent);
        using var poller = new Poller();
        poller.Add(served.Descriptor, 7, read: false, write: true);
        Assert.Equal(0, poller.Wait(new PollEvent[1], TimeSpan.Zero));
    }

    [Fact]
    public void Nobody_connects_before_it_listens()
    {
        using UnixListener listener = UnixListener.Bind(File);
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<LinuxException>(() => UnixStream.Connect(File)).Errno);
        listener.Listen(1);
        UnixStream.Connect(File).Dispose();
    }

    [Fact]
    public void A_name_that_is_taken_or_too_long_is_refused()
    {
        using UnixListener listener = Listening();
        Assert.Equal(Errno.EADDRINUSE, Assert.Throws<LinuxException>(() => UnixListener.Bind(File)).Errno);
        var tooLong = new string('x', UnixStream.MaxPathLength + 1);
        Assert.Equal(Errno.ENAMETOOLONG, Assert.Throws<LinuxException>(() => UnixListener.Bind(tooLong)).Errno);
    }

    [Fact]
    public void A_descriptor_that_does_not_listen_is_not_adopted_and_stays_open()
    {
        using UnixListener bound = UnixListener.Bind(File);
        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => UnixListener.Adopt(bound.Descriptor)).Errno);
        using FileStream plain = System.IO.File.Create(Path.Combine(folder, "plain"));
        var number = (int)plain.SafeFileHandle.DangerousGetHandle();
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<LinuxException>(() => UnixListener.Adopt(number)).Errno);
        bound.Listen(1);
        plain.WriteByte(1);
    }

    private UnixListener Listening()
    {
        UnixListener listener = UnixListener.Bind(File);
        listener.Listen(4);
        return listener;
    }
}
