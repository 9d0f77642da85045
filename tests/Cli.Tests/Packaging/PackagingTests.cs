using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Warren.Cli.Tests.Packaging;

/// <summary>Units, completion and the install script, each by the program that reads it.</summary>
public sealed class PackagingTests : IDisposable
{
    private static readonly string Packaging = Path.Combine(FindRoot(), "packaging");
    private readonly string _folder = Directory.CreateTempSubdirectory("warren").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Systemd_finds_no_fault_in_the_units()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "no systemd-analyze (package systemd)");
        // The program is not installed here: the same file with one that is.
        foreach (var unit in Directory.GetFiles(Path.Combine(Packaging, "systemd")))
            File.WriteAllText(
                Path.Combine(_folder, Path.GetFileName(unit)),
                File.ReadAllText(unit).Replace("/usr/bin/warren", "/bin/true", StringComparison.Ordinal));
        var (code, output) = Bash("systemd-analyze verify --man=no *.service *.target 2>&1");
        Assert.Equal("", output);
        Assert.Equal(0, code);
    }

    [Fact]
    public void Units_leave_no_core_and_no_new_privileges()
    {
        foreach (var unit in Directory.GetFiles(Path.Combine(Packaging, "systemd"), "*.service"))
        {
            var lines = File.ReadAllLines(unit);
            Assert.Contains("LimitCORE=0", lines);
            Assert.Contains("NoNewPrivileges=yes", lines);
            Assert.Contains(lines, line => line.StartsWith("CapabilityBoundingSet=CAP_NET_ADMIN", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("warren qu", "quick")]
    [InlineData("warren quick ", "up down save strip")]
    [InlineData("warren quick up ./w", "./wg1.conf")]
    [InlineData("wg-quick d", "down")]
    [InlineData("wg-quick frob ", "")]
    [InlineData("wg sy", "syncconf")]
    [InlineData("wg show ", "all interfaces wg0 wg1")]
    [InlineData("wg show wg0 tr", "transfer")]
    [InlineData("wg show interfaces ", "")]
    [InlineData("warren set ", "wg0 wg1")]
    [InlineData("wg set wg0 ", "listen-port fwmark private-key peer")]
    [InlineData("wg set wg0 fwmark ", "off")]
    [InlineData("wg set wg0 peer ", "KEY1= KEY2=")]
    [InlineData("wg set wg0 peer KEY1= a", "allowed-ips")]
    [InlineData("wg set wg0 peer KEY1= remove pe", "peer persistent-keepalive")]
    [InlineData("wg setconf wg0 ./wg1", "./wg1.conf")]
    [InlineData("wg genkey ", "")]
    [InlineData("warren config e", "explain")]
    [InlineData("warren check --f", "--fix")]
    [InlineData("warren check ./wg1", "./wg1.conf")]
    [InlineData("warren config format --f", "--fragment --flat")]
    [InlineData("warren config check ./wg1", "./wg1.conf")]
    public void Bash_completes(string typed, string expected)
    {
        File.WriteAllText(Path.Combine(_folder, "wg1.conf"), "");
        File.WriteAllText(Path.Combine(_folder, "note.txt"), "");
        var (_, output) = Bash($$"""
            wg() { case "$*" in "show interfaces") echo wg0 wg1 ;; "show wg0 peers") echo KEY1=; echo KEY2= ;; esac; }
            warren() { wg "$@"; }
            source {{Packaging}}/completion/warren
            line='{{typed}}'
            read -r -a COMP_WORDS <<< "$line"
            [[ $line != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _warren 2>/dev/null
            echo "${COMPREPLY[*]}"
            """);
        Assert.Equal(expected, output.Trim());
    }

    [Fact]
    public void Every_verb_is_completed()
    {
        var completion = File.ReadAllText(Path.Combine(Packaging, "completion", "warren"));
        var words = completion.Split('\n').Single(line => line.Contains("quick engine", StringComparison.Ordinal)).Split('"')[1].Split(' ');
        Assert.Empty(VerbTable.Verbs.Select(verb => verb.Name).Except(words));
    }

    [Fact]
    public void Install_puts_everything_there_and_takes_exactly_that_away()
    {
        var (code, output) = Bash($$"""
            mkdir publish && echo '#!/bin/sh' > publish/warren && chmod +x publish/warren && touch publish/warren.dll
            export DESTDIR=$PWD/root
            mkdir -p root/usr/bin && touch root/usr/bin/other
            {{Packaging}}/install --prefix /usr --names --wireguard-go publish || exit 1
            {{Packaging}}/install --names publish || exit 1
            (cd root && find . ! -type d -printf '%P %l\n' | sort)
            {{Packaging}}/install --remove
            echo "-- left"; (cd root && find . ! -type d -printf '%P\n')
            """);
        Assert.Equal(0, code);
        Assert.Equal(
            """
            usr/bin/other
            usr/bin/warren /usr/lib/warren/warren
            usr/bin/wg /usr/lib/warren/warren
            usr/bin/wg-quick /usr/lib/warren/warren
            usr/bin/wireguard-go /usr/lib/warren/warren
            usr/lib/systemd/system/warren-engine@.service
            usr/lib/systemd/system/warren-quick.target
            usr/lib/systemd/system/warren-quick@.service
            usr/lib/systemd/system/wg-quick.target warren-quick.target
            usr/lib/systemd/system/wg-quick@.service warren-quick@.service
            usr/lib/warren/warren
            usr/lib/warren/warren.dll
            usr/share/bash-completion/completions/warren
            usr/share/bash-completion/completions/wg warren
            usr/share/bash-completion/completions/wg-quick warren
            -- left
            usr/bin/other

            """,
            output.Replace(" \n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Install_replaces_nobodys_wg()
    {
        var (code, output) = Bash($$"""
            mkdir publish && echo '#!/bin/sh' > publish/warren && chmod +x publish/warren
            export DESTDIR=$PWD/root
            mkdir -p root/usr/bin && echo theirs > root/usr/bin/wg
            {{Packaging}}/install --names publish 2>&1; code=$?
            find root ! -type d; cat root/usr/bin/wg
            exit $code
            """);
        Assert.Equal(1, code);
        Assert.Contains("/usr/bin/wg is there and not ours", output, StringComparison.Ordinal);
        Assert.EndsWith("root/usr/bin/wg\ntheirs\n", output, StringComparison.Ordinal);
    }

    private (int Code, string Output) Bash(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        })!;
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return (bash.ExitCode, output);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Warren.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no Warren.slnx above the tests");
        return folder;
    }
}
