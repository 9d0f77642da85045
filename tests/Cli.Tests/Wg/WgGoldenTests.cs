using System;
using System.IO;
using System.Linq;
using System.Text;
using Warren.Engine.Uapi;

namespace Warren.Cli.Tests.Wg;

/// <summary>What the real wg printed and sent, kept as text: compared without it, root or network.</summary>
public sealed class WgGoldenTests : IDisposable
{
    private readonly FakeDevices _devices = new FakeDevices().With("wg7", GoldenDevice.Answer);

    public void Dispose() => _devices.Dispose();

    [Fact]
    public void Every_form_of_show_and_showconf_prints_what_wg_prints()
    {
        var shown = new StringBuilder();
        var golden = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "wg-show.txt"));
        foreach (var line in golden.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)))
        {
            var outcome = Run(line[2..].Split(' '));
            shown.Append(line).Append('\n').Append(outcome.Output).Append(outcome.Error).Append("rc=").Append(outcome.Code).Append('\n');
        }

        Assert.Equal(golden, shown.ToString());
    }

    [Fact]
    public void Colours_and_keys_are_shown_when_asked_for() =>
        Assert.StartsWith(
            "\e[0m\e[32m\e[1minterface\e[0m: \e[32mwg7\e[0m\n  \e[1mpublic key\e[0m: wVMuGz01CPx+vDVPpnliDzPyhxSVQuaExnt7DYE2Kyk=\n"
            + "  \e[1mprivate key\e[0m: 6EtabScXwQA6E7QxVwNT26ypFGzxUMX4V1aA/rpSAno=\n  \e[1mlistening port\e[0m: 12912\n"
            + "  \e[1mfwmark\e[0m: 0xca6c\n\n\e[33m\e[1mpeer\e[0m: \e[33mZi4U/VlFVvUiYEcDNANRJYkDtk81VTdj8ZQmqypRXFg=\e[0m\n",
            Run(["wg", "show", "wg7"], ("WG_HIDE_KEYS", "never"), ("WG_COLOR_MODE", "always")).Output,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("setconf", "fwmark=0\nreplace_peers=true\n")]
    [InlineData("addconf", "")]
    public void A_file_becomes_these_bytes(string verb, string reset)
    {
        Assert.Equal(0, Conf(verb).Code);
        var isSet = reset.Length > 0;
        Assert.Equal(
            $"set=1\nprivate_key={Key}\n{(isSet ? "listen_port=0\n" : "")}{reset}public_key={Peer}\n"
            + "persistent_keepalive_interval=0\nallowed_ip=10.0.0.1/24\nallowed_ip=10.1.0.0/16\n--\n",
            _devices.TakeRequests());
    }

    [Fact]
    public void Syncconf_removes_what_the_file_has_not_and_keeps_the_rest()
    {
        var outcome = Conf("syncconf");
        Assert.Equal((0, "Warning: AllowedIP has nonzero host part: 10.0.0.1/24\n"), (outcome.Code, outcome.Error));
        Assert.Equal(
            $"get=1\n--\nset=1\nprivate_key={Key}\nlisten_port=0\nfwmark=0\n"
            + "public_key=b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33\nremove=true\n"
            + "public_key=662e14fd594556f522604703340351258903b64f35553763f19426ab2a515c58\nremove=true\n"
            + "public_key=58402e695ba1772b1cc9309755f043251ea77fdcf10fbe63989ceb7e19321376\nremove=true\n"
            + $"public_key={Peer}\npersistent_keepalive_interval=0\nallowed_ip=10.0.0.1/24\nallowed_ip=10.1.0.0/16\n--\n",
            _devices.TakeRequests());
    }

    [Fact]
    public void Syncconf_resets_a_preshared_key_and_a_keepalive_that_vanished()
    {
        using var directory = new TemporaryFiles(("sync.conf",
            "[Peer]\nPublicKey=uFmW/sycfx/G0lcqdu2hHVm80gvo5UOxXOS9hajnWjM=\n"
            + "[Peer]\nPublicKey=WEAuaVuhdyscyTCXVfBDJR6nf9zxD75jmJzrfhkyE3Y=\n"
            + "[Peer]\nPublicKey=Zi4U/VlFVvUiYEcDNANRJYkDtk81VTdj8ZQmqypRXFg=\n"));
        Assert.Equal(0, Run(["wg", "syncconf", "wg7", directory["sync.conf"]]).Code);
        Assert.Equal(
            $"get=1\n--\nset=1\nprivate_key={new string('0', 64)}\nlisten_port=0\nfwmark=0\n"
            + $"public_key=b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33\npreshared_key={new string('0', 64)}\nreplace_allowed_ips=true\n"
            + "public_key=58402e695ba1772b1cc9309755f043251ea77fdcf10fbe63989ceb7e19321376\npersistent_keepalive_interval=0\nreplace_allowed_ips=true\n"
            + "public_key=662e14fd594556f522604703340351258903b64f35553763f19426ab2a515c58\nreplace_allowed_ips=true\n--\n",
            _devices.TakeRequests());
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("65536")]
    [InlineData("4294967296")]
    public void A_port_out_of_range_is_refused_where_wg_wraps_it(string port)
    {
        var outcome = Run(["wg", "set", "wg7", "listen-port", port]);
        Assert.Equal((1, $"Servname not supported for ai_socktype: `{port}'\n", ""), (outcome.Code, outcome.Error, _devices.TakeRequests()));
        outcome = Run(["wg", "set", "wg7", "peer", WgCases.Peer, "endpoint", $"1.2.3.4:{port}"]);
        Assert.Equal((1, $"Servname not supported for ai_socktype: `1.2.3.4:{port}'\n", ""), (outcome.Code, outcome.Error, _devices.TakeRequests()));
    }

    [Fact]
    public void A_folder_instead_of_a_file_changes_nothing_where_wg_resets_the_device()
    {
        var outcome = Run(["wg", "setconf", "wg7", "/"]);
        Assert.Equal((1, "fopen: Is a directory\n", ""), (outcome.Code, outcome.Error, _devices.TakeRequests()));
    }

    private const string Key = "c809f3e5317e9575c9b5ed78b638b7ce530dabe85ddab614220241801ddf0669";
    private const string Peer = "c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038";

    private Outcome Conf(string verb)
    {
        using var directory = new TemporaryFiles(("c.conf",
            "[Interface]\nPrivateKey=yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=\n[Peer]\n"
            + $"PublicKey={WgCases.Peer}\nAllowedIPs=10.0.0.1/24,+10.1.0.0/16\nPersistentKeepalive=off\n"));
        return Run(["wg", verb, "wg7", directory["c.conf"]]);
    }

    private Outcome Run(string[] words, params (string Name, string Value)[] variables) => Outcome.Of(
        "",
        variables.ToDictionary(variable => variable.Name, variable => variable.Value),
        new Machine
        {
            Devices = () => new DeviceDirectory(new UapiClient(_devices.Directory), null),
            UnixTime = () => GoldenDevice.Now,
            OutputIsTerminal = () => false,
        },
        words);
}
