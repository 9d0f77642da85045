using System;
using System.IO;
using FsCheck;
using FsCheck.Fluent;
using Warren.Engine.Uapi;
using Warren.Linux;

namespace Warren.Engine.Tests.Uapi;

public class UapiTextTests
{
    private const string KeyA = "c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038";
    private const string KeyB = "b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33";

    [Fact]
    public void A_change_reads_back_as_written() =>
        Prop.ForAll(ModelGenerators.Changes, change => Written(Parsed(Written(change))) == Written(change))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_state_reads_back_as_written() =>
        Prop.ForAll(ModelGenerators.States, state =>
            Written(GetReader.Read(state.Name, new StringReader(Written(state)))) == Written(state)).QuickCheckThrowOnFailure();

    [Fact]
    public void Fields_are_written_in_the_order_of_wg()
    {
        var change = Parsed($"set=1\nreplace_peers=true\nfwmark=16\nlisten_port=5\nprivate_key={KeyA}\n"
            + $"public_key={KeyA}\nallowed_ip=10.0.0.1/24\nallowed_ip=-fd00::/64\nreplace_allowed_ips=true\nallowed_ip=10.0.0.1/24\n"
            + $"persistent_keepalive_interval=0\nendpoint=[::1]:53\npreshared_key={KeyB}\npublic_key={KeyB}\nremove=true\n\n");
        Assert.Equal(
            $"set=1\nprivate_key={KeyA}\nlisten_port=5\nfwmark=16\nreplace_peers=true\n"
            + $"public_key={KeyA}\npreshared_key={KeyB}\nendpoint=[::1]:53\npersistent_keepalive_interval=0\n"
            + $"replace_allowed_ips=true\nallowed_ip=10.0.0.1/24\npublic_key={KeyB}\nremove=true\n\n",
            Written(change));
    }

    [Theory]
    [InlineData("listen_port", Errno.EPROTO)]
    [InlineData("", Errno.EPROTO)]
    [InlineData("listen_port=65536", Errno.EINVAL)]
    [InlineData("listen_port=-1", Errno.EINVAL)]
    [InlineData("listen_port= 1", Errno.EINVAL)]
    [InlineData("fwmark=0x10", Errno.EINVAL)]
    [InlineData("fwmark=4294967296", Errno.EINVAL)]
    [InlineData("replace_peers=false", Errno.EINVAL)]
    [InlineData("private_key=00", Errno.EINVAL)]
    [InlineData("bind_address=localhost", Errno.EINVAL)]
    [InlineData("public_key=xyz", Errno.EINVAL)]
    [InlineData("endpoint=1.2.3.4:5", Errno.EINVAL)]
    [InlineData("nonsense=1", Errno.EINVAL)]
    [InlineData("=", Errno.EINVAL)]
    public void Refuses_a_bad_line_of_a_device(string line, Errno errno)
    {
        var parser = new SetParser();
        Assert.False(parser.TryAdd(line, out var fault));
        Assert.Equal(errno, fault.Errno);
        Assert.Equal("set=1\n\n", Written(parser.Finish()));
    }

    [Theory]
    [InlineData("listen_port=1")]
    [InlineData("replace_peers=true")]
    [InlineData("remove=yes")]
    [InlineData("update_only=1")]
    [InlineData("replace_allowed_ips=")]
    [InlineData("preshared_key=" + KeyA + "0")]
    [InlineData("endpoint=localhost:1")]
    [InlineData("endpoint=1.2.3.4")]
    [InlineData("endpoint=::1:5")]
    [InlineData("endpoint=[1.2.3.4]:5")]
    [InlineData("endpoint=[::1]:65536")]
    [InlineData("endpoint=[::1%]:5")]
    [InlineData("endpoint=[]:5")]
    [InlineData("persistent_keepalive_interval=off")]
    [InlineData("persistent_keepalive_interval=65536")]
    [InlineData("allowed_ip=10.0.0.0")]
    [InlineData("allowed_ip=10.0.0.0/33")]
    [InlineData("allowed_ip=+10.0.0.0/8")]
    [InlineData("allowed_ip=--10.0.0.0/8")]
    [InlineData("allowed_ip=fd00::/129")]
    [InlineData("protocol_version=2")]
    public void Refuses_a_bad_line_of_a_peer(string line)
    {
        var parser = new SetParser();
        Assert.True(parser.TryAdd("public_key=" + KeyA, out _));
        Assert.False(parser.TryAdd(line, out var fault));
        Assert.Equal(Errno.EINVAL, fault.Errno);
        Assert.DoesNotContain(KeyA, fault.Reason, StringComparison.Ordinal);
        Assert.Equal($"set=1\npublic_key={KeyA}\n\n", Written(parser.Finish()));
    }

    [Fact]
    public void Noise_is_refused_and_never_throws() =>
        Prop.ForAll<string, bool>((line, inPeer) =>
        {
            var parser = new SetParser();
            if (inPeer)
                parser.TryAdd("public_key=" + KeyA, out _);
            return !parser.TryAdd(line ?? "", out var fault) && fault.Errno is Errno.EPROTO or Errno.EINVAL;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("errno=0\n\n", Errno.None)]
    [InlineData("errno=-22\n\n", Errno.EINVAL)]
    [InlineData("future=1\nerrno=-98\n\n", Errno.EADDRINUSE)]
    [InlineData("errno=22\n\n", (Errno)(-22))]
    [InlineData("errno=x\n\n", Errno.EPROTO)]
    [InlineData("errno\n\n", Errno.EPROTO)]
    [InlineData("errno=0\n", Errno.EPROTO)]
    [InlineData("\n", Errno.EPROTO)]
    [InlineData("", Errno.EPROTO)]
    public void The_answer_to_set_is_read_with_the_sign_of_wg(string answer, Errno errno)
    {
        if (errno == Errno.None)
            GetReader.ReadErrno(new StringReader(answer));
        else
            Assert.Equal(errno, Assert.Throws<DeviceException>(() => GetReader.ReadErrno(new StringReader(answer))).Errno);
    }

    [Theory]
    [InlineData("errno=2\n\n", Errno.ENOENT)]
    [InlineData("errno=-2\n\n", Errno.EPROTO)]
    [InlineData("listen_port=x\nerrno=0\n\n", Errno.EPROTO)]
    [InlineData("listen_port=1\n\n", Errno.EPROTO)]
    [InlineData("public_key=00\nerrno=0\n\n", Errno.EPROTO)]
    [InlineData("public_key=" + KeyA + "\nallowed_ip=1.2.3.4\nerrno=0\n\n", Errno.EPROTO)]
    [InlineData("errno=0\n", Errno.EPROTO)]
    public void A_bad_answer_to_get_is_an_error(string answer, Errno errno) =>
        Assert.Equal(errno, Assert.Throws<DeviceException>(() => GetReader.Read("wg0", new StringReader(answer))).Errno);

    [Fact]
    public void A_wrong_sign_reads_as_wg_says_it() =>
        Assert.Equal("Unknown error -22", new DeviceException((Errno)(-22)).Message);

    private static DeviceChange Parsed(string request)
    {
        var parser = new SetParser();
        foreach (var line in request.TrimEnd('\n').Split('\n')[1..])
            Assert.True(parser.TryAdd(line, out var fault), fault.Reason);
        return parser.Finish();
    }

    private static string Written(DeviceChange change)
    {
        using var text = new StringWriter();
        UapiText.WriteSet(change, text);
        return text.ToString();
    }

    private static string Written(DeviceState state)
    {
        using var text = new StringWriter();
        UapiText.WriteGet(state, text);
        return text.ToString();
    }
}
