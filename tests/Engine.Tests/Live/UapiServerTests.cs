using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using Warren.Engine.Uapi;
using Warren.Linux;
using Warren.Protocol.Keys;

namespace Warren.Engine.Tests.Live;

/// <summary>The socket as a hostile or hurried client sees it.</summary>
[Trait("Category", "Root")]
public sealed class UapiServerTests : IDisposable
{
    private static readonly string KeyA = new('a', 64);
    private static readonly string KeyB = new('b', 64);
    private static readonly string Private = "00" + new string('1', 61) + "0";

    private readonly string _directory = Directory.CreateTempSubdirectory("warren-uapi").FullName;
    private readonly TestNamespace _space = new();
    private readonly TestDevice _device;
    private readonly UapiServer _server;

    public UapiServerTests()
    {
        _device = new TestDevice(_space, "wg0");
        _server = _space.In(() => UapiServer.Listen(_device.Device, _directory, "wg0"));
    }

    public void Dispose()
    {
        _server.Dispose();
        _device.Dispose();
        _space.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void The_socket_is_its_owners_alone_and_its_file_goes_with_the_server()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_server.Path!));
        _server.Dispose();
        Assert.False(File.Exists(_directory + "/wg0.sock"));
    }

    [Fact]
    public void A_device_without_anything_answers_with_success_alone() => Assert.Equal("errno=0\n\n", Ask("get=1\n\n"));

    [Fact]
    public void What_was_set_is_got()
    {
        Assert.Equal("errno=0\n\n", Ask(
            $"set=1\nprivate_key={Private}\nlisten_port=51820\nfwmark=7\npublic_key={KeyA}\npreshared_key={KeyB}\nendpoint=[2001:db8::1]:4500\n"
            + "persistent_keepalive_interval=25\nallowed_ip=10.0.0.1/24\nallowed_ip=2001:db8::/32\nprotocol_version=1\n\n"));
        Assert.Equal(
            $"private_key={Private}\nlisten_port=51820\nfwmark=7\npublic_key={KeyA}\npreshared_key={KeyB}\nprotocol_version=1\n"
            + "endpoint=[2001:db8::1]:4500\nlast_handshake_time_sec=0\nlast_handshake_time_nsec=0\ntx_bytes=0\nrx_bytes=0\n"
            + "persistent_keepalive_interval=25\nallowed_ip=10.0.0.0/24\nallowed_ip=2001:db8::/32\nerrno=0\n\n",
            Ask("get=1\n\n"));
    }

    [Fact]
    public void Several_operations_share_a_connection()
    {
        using var client = Connect();
        for (var i = 1; i < 4; i++)
        {
            Say(client, $"set=1\nlisten_port={i}\n\nget=1\n\n");
            Assert.Equal($"errno=0\n\nlisten_port={i}\nerrno=0\n\n", Hear(client, answers: 2));
        }
    }

    [Fact]
    public void A_client_that_says_nothing_or_half_a_word_keeps_nobody_waiting()
    {
        Connect().Dispose();
        using var silent = Connect();
        using var half = Connect();
        Say(half, "set=1\nlisten_p");
        Assert.Equal("errno=0\n\n", Ask("get=1\n\n"));
        Say(half, "ort=9\n\n");
        Assert.Equal("errno=0\n\n", Hear(half));
        Assert.Equal("listen_port=9\nerrno=0\n\n", Ask("get=1\n\n"));
    }

    [Fact]
    public void A_request_in_single_bytes_is_a_request()
    {
        using var client = Connect();
        foreach (var letter in "set=1\nlisten_port=77\n\n")
            Say(client, letter.ToString());
        Assert.Equal("errno=0\n\n", Hear(client));
    }

    [Theory]
    [InlineData("listen_port=70000", -22)]
    [InlineData("listen_port=", -22)]
    [InlineData("replace_peers=false", -22)]
    [InlineData("colour=red", -22)]
    [InlineData("private_key=12", -22)]
    [InlineData("nonsense", -71)]
    public void A_bad_line_is_refused_with_a_negative_number(string line, int errno)
    {
        using var client = Connect();
        Say(client, $"set=1\n{line}\nfwmark=1\n\n");
        Assert.Equal($"errno={errno}\n\n", Hear(client));
        Say(client, "get=1\n\n");
        Assert.Equal("errno=0\n\n", Hear(client));
    }

    [Fact]
    public void What_came_before_the_bad_line_is_applied_and_nothing_after_it()
    {
        Assert.Equal("errno=-22\n\n", Ask($"set=1\nlisten_port=5\npublic_key={KeyA}\nallowed_ip=10.0.0.0/8\nallowed_ip=bad\npublic_key={KeyB}\n\n"));
        var peer = Assert.Single(_device.State().Peers);
        Assert.Equal(KeyA, peer.PublicKey.ToHex());
        Assert.Single(peer.AllowedIps);
        Assert.Equal(5, _device.State().ListenPort);
    }

    [Fact]
    public void The_end_of_what_a_client_says_ends_its_request()
    {
        using var client = Connect();
        Say(client, "set=1\nlisten_port=6\n");
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("errno=0\n\n", Hear(client));
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("set=2\n")]
    [InlineData("get=1\nmore\n")]
    public void An_unknown_operation_ends_the_conversation(string text)
    {
        using var client = Connect();
        Say(client, text);
        Assert.Equal("", Hear(client));
    }

    [Fact]
    public void A_line_without_end_ends_the_conversation()
    {
        using var client = Connect();
        try
        {
            Say(client, new string('x', 1 << 20));
            Assert.Equal("", Hear(client));
        }
        catch (SocketException)
        {
            // Closed while we were still talking.
        }

        Assert.Equal("errno=0\n\n", Ask("get=1\n\n"));
    }

    [Fact]
    public void Ten_thousand_peers_fit_in_a_request_and_in_an_answer()
    {
        var request = new StringBuilder("set=1\n");
        for (var i = 1; i <= 10_000; i++)
        {
            request.Append(CultureInfo.InvariantCulture, $"public_key={i:x64}\nendpoint=192.0.2.1:{i}\n")
                .Append(CultureInfo.InvariantCulture, $"replace_allowed_ips=true\nallowed_ip=10.{i >> 8}.{i & 255}.0/24\n");
        }

        Assert.Equal("errno=0\n\n", Ask(request.Append('\n').ToString()));
        Assert.Equal(10_000, new UapiClient(_directory).Get("wg0").Peers.Count);
        Assert.Equal("errno=0\n\n", Ask("set=1\nreplace_peers=true\n\n"));
        Assert.Equal("errno=0\n\n", Ask("get=1\n\n"));
    }

    [Fact]
    public void A_client_that_reads_nothing_is_waited_for_and_nobody_else()
    {
        Ten_peers();
        using var deaf = Connect();
        deaf.Blocking = false;
        var asked = 0;
        var request = Encoding.ASCII.GetBytes("get=1\n\n");
        while (asked < 5_000 && deaf.Send(request, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
            asked++;
        Assert.EndsWith("errno=0\n\n", Ask("get=1\n\n"));
        deaf.Blocking = true;
        Assert.EndsWith("errno=0\n\n", Hear(deaf, asked));
    }

    [Fact]
    public void More_clients_than_it_keeps_push_out_the_silent()
    {
        var clients = new List<Socket>();
        for (var i = 0; i < 400; i++)
            clients.Add(Connect());
        Assert.Equal("errno=0\n\n", Ask("get=1\n\n"));
        clients.ForEach(static client => client.Dispose());
    }

    [Fact]
    public void The_file_of_an_engine_that_is_gone_is_replaced_and_that_of_a_living_one_is_not()
    {
        var path = $"{_directory}/stale.sock";
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".kept"); // Closing it would take the file along.
        }

        File.Move(path + ".kept", path);
        using (UapiServer.Listen(_device.Device, _directory, "stale"))
            Assert.Equal(Errno.EADDRINUSE, Assert.Throws<LinuxException>(() => UapiServer.Listen(_device.Device, _directory, "wg0")).Errno);
    }

    [Fact]
    public void Peers_are_updated_removed_and_relieved_of_prefixes()
    {
        Assert.Equal("errno=0\n\n", Ask($"set=1\npublic_key={KeyA}\nupdate_only=true\nallowed_ip=10.0.0.0/8\n\n"));
        Assert.Empty(_device.State().Peers);
        Ask($"set=1\npublic_key={KeyA}\nallowed_ip=10.0.0.0/8\nallowed_ip=11.0.0.0/8\npublic_key={KeyB}\n\n");
        Ask($"set=1\npublic_key={KeyB}\nupdate_only=true\nallowed_ip=10.0.0.0/8\n\n");
        var peers = _device.State().Peers;
        Assert.Equal("11.0.0.0/8", Assert.Single(peers[0].AllowedIps).ToString());
        Assert.Equal("10.0.0.0/8", Assert.Single(peers[1].AllowedIps).ToString());
        Ask($"set=1\npublic_key={KeyB}\nallowed_ip=-10.0.0.0/8\nallowed_ip=-11.0.0.0/8\npublic_key={KeyA}\nremove=true\n\n");
        Assert.Empty(Assert.Single(_device.State().Peers).AllowedIps);
    }

    [Fact]
    public void The_device_is_no_peer_of_its_own()
    {
        Assert.True(PrivateKey.TryParseHex(Private, out var key));
        var own = key!.PublicKey.ToHex();
        Assert.Equal("errno=0\n\n", Ask($"set=1\npublic_key={own}\n\n"));
        Assert.Equal("errno=0\n\n", Ask($"set=1\nprivate_key={Private}\n\n"));
        Assert.Empty(_device.State().Peers);
        Assert.Equal("errno=0\n\n", Ask($"set=1\npublic_key={own}\nallowed_ip=10.0.0.0/8\n\n"));
        Assert.Empty(_device.State().Peers);
        Assert.Equal("errno=0\n\n", Ask($"set=1\nprivate_key={new string('0', 64)}\n\n"));
        Assert.Null(_device.State().PrivateKey);
    }

    private void Ten_peers()
    {
        var request = new StringBuilder("set=1\n");
        for (var i = 1; i <= 10; i++)
            request.Append(CultureInfo.InvariantCulture, $"public_key={i:x64}\n");
        Assert.Equal("errno=0\n\n", Ask(request.Append('\n').ToString()));
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
        socket.Connect(new UnixDomainSocketEndPoint(_directory + "/wg0.sock"));
        return socket;
    }

    private string Ask(string request)
    {
        using var client = Connect();
        Say(client, request);
        return Hear(client);
    }

    private static void Say(Socket client, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var sent = 0; sent < bytes.Length;)
            sent += client.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
    }

    // Reads so many answers, or to the end of the conversation.
    private static string Hear(Socket client, int answers = 1)
    {
        var text = new StringBuilder();
        var buffer = new byte[1 << 16];
        var heard = 0;
        var tail = "";
        while (heard < answers)
        {
            var count = client.Receive(buffer);
            if (count == 0)
                break;
            var chunk = Encoding.ASCII.GetString(buffer, 0, count);
            text.Append(chunk);
            var scan = tail + chunk;
            heard += scan.Split("\n\n").Length - 1;
            tail = chunk.EndsWith("\n\n", StringComparison.Ordinal) ? "" : chunk[^1..];
        }

        return text.ToString();
    }
}
